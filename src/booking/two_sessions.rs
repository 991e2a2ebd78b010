//! Two sessions in one request, one right after the other: both, or none.

use crate::{
    domain::{
        appointment::{self, Appointment, Second, refusal::Refusal},
        availability::slot::Slot,
        practice::{office::Office, service::Service},
        series::together::Kind,
        time::Interval,
    },
    operation::{Error, Operation},
};

impl Operation {
    /// Refuses a second session that isn't offered right before or right after the first.
    pub(super) async fn is_offered_beside(
        &mut self,
        service: &Service,
        office: &Office,
        first: &Slot,
        second: &Second,
    ) -> Result<(), Error> {
        let span = Interval::new(second.start, second.start + service.length());
        let busy = self.tx.busy(span, self.now).await?;
        let found = self.calendar(&busy).find_beside(service, office, first, second.start);
        found.map_err(Refusal::Second)?;
        Ok(())
    }

    /// Writes the request, and the second session where there is one. In order of time.
    pub(super) async fn make_one_or_both(
        &mut self,
        first: appointment::Wanted<'_>,
        second: Option<Second>,
        at_once: bool,
    ) -> Result<Vec<Appointment>, Error> {
        let Some(Second { start, guest }) = second else {
            return Ok(vec![self.make_request(first, at_once).await?]);
        };
        let uid = self.app.fresh_world_id();
        let mut both = vec![appointment::Wanted { start, guest, uid, ..first.clone() }, first];
        both.sort_by_key(|one| one.start);
        let rules = self.rules.clone();
        self.make_requests(Kind::Pair, &rules, both, at_once).await
    }
}
