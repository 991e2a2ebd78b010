//! Telling both sides of several visits of a series at once: one email to each, and without
//! an address a call for every visit. Of each visit its reader is told the difference from
//! what they know, as if it were told alone.

use super::{call_instead::topic, tell::NEAR, unheard::known_end};
use crate::{
    domain::appointment::{Appointment, Side, call::Topic},
    mail::emails::{Moved, Occasion, OneOfSeveral},
    operation::{Error, Operation},
};

impl Operation {
    /// Writes to the client whose visits the therapist has canceled. Near ones are on the list
    /// of calls as well.
    pub(super) async fn tell_client_of_ends(&mut self, canceled: &[Appointment]) -> Result<(), Error> {
        let known = self.ends_as_told(canceled).await?;
        let Some(first) = known.first() else { return Ok(()) };
        // Where nothing is left of a series, its confirmation need not go out.
        self.tx.take_back_kinds(first.id, &[Occasion::SERIES], self.now).await?;
        let is_written = self.write_of_ends(&known).await?;
        for a in &known {
            let is_near = a.contact.phone.is_some() && a.span.start - self.now < NEAR;
            if !is_written || is_near {
                self.call_instead(a, topic(a, Occasion::Canceled)).await?;
            }
        }
        Ok(())
    }

    /// Writes to the client who has canceled them, if they have an address: there is nothing
    /// to call them about.
    pub(super) async fn tell_who_has_canceled_all(&mut self, canceled: &[Appointment]) -> Result<(), Error> {
        for a in canceled {
            self.forget_calls(a).await?;
        }
        let known = self.ends_as_told(canceled).await?;
        self.write_of_ends(&known).await?;
        Ok(())
    }

    /// Writes to the therapist that the client has canceled them.
    pub(super) async fn tell_therapist_of_ends(&mut self, canceled: &[Appointment]) -> Result<(), Error> {
        let Some(first) = canceled.first() else { return Ok(()) };
        let occasion = Occasion::SeriesCanceledByClient(canceled);
        self.drop_superseded_of_all(canceled, occasion).await?;
        let Some((page, recipient)) = self.page_and_recipient(first, occasion).await? else { return Ok(()) };
        self.write(first, occasion, page, recipient).await
    }

    /// Writes to the client whose visits were moved because this side wanted it, each from where
    /// it was. Near ones that the therapist has moved are on the list of calls as well.
    pub(super) async fn tell_client_of_moves(
        &mut self,
        moves: &[(Appointment, Appointment)],
        wanted_by: Side,
    ) -> Result<(), Error> {
        let Some((from, _)) = moves.first() else { return Ok(()) };
        let moved: Vec<Appointment> = moves.iter().map(|(_, to)| to.clone()).collect();
        let of_all = Occasion::Changed { from, wanted_by };
        let unheard = self.drop_superseded_of_all(&moved, of_all).await?;
        let mut told = Vec::with_capacity(moves.len());
        for ((from, to), unheard) in moves.iter().zip(unheard) {
            let occasion = Occasion::Changed { from, wanted_by };
            if from.office != to.office {
                self.forget_the_address(to).await?;
            }
            let good_until = to.span.end + self.app.practice().keep.links_outlive_visit();
            self.tx.prolong_links(to.id, good_until, self.now).await?;
            let from = unheard.before(to, occasion).unwrap_or_else(|| from.clone());
            if from.is_where(to) {
                self.is_no_news(to, occasion, &unheard).await?;
            } else {
                told.push((from, to.clone()));
            }
        }
        let is_written = self.write_of_moves(&told, wanted_by).await?;
        for (from, to) in &told {
            let start = from.span.start.min(to.span.start);
            let is_near = to.contact.phone.is_some() && start - self.now < NEAR;
            let is_near = is_near && wanted_by == Side::Therapist;
            if !is_written || is_near {
                self.tx.insert_call(to.id, Topic::Changed, self.now).await?;
            }
        }
        Ok(())
    }

    /// Writes to the therapist that the client has moved them, each from where it was.
    pub(super) async fn tell_therapist_of_moves(
        &mut self,
        moves: &[(Appointment, Appointment)],
    ) -> Result<(), Error> {
        let Some((from, first)) = moves.first() else { return Ok(()) };
        if first.id.is_blocked_request() {
            return Ok(());
        }
        let moved: Vec<Appointment> = moves.iter().map(|(_, to)| to.clone()).collect();
        let unheard = self.drop_superseded_of_all(&moved, Occasion::ChangedByClient { from }).await?;
        if unheard.iter().any(|of| of.has(Occasion::ARRIVED) || of.has(Occasion::SERIES_ARRIVED)) {
            // What they have not heard of has not been moved, for them.
            return self.tell_of_all(&moved, Occasion::Arrived).await;
        }
        let mut told = Vec::with_capacity(moves.len());
        for ((from, to), unheard) in moves.iter().zip(unheard) {
            let from = unheard.before(to, Occasion::ChangedByClient { from }).unwrap_or_else(|| from.clone());
            if !from.is_where(to) {
                told.push(Moved { from, to: OneOfSeveral { visit: to.clone(), page: String::new() } });
            }
        }
        let Some(first) = told.first() else { return Ok(()) };
        let occasion = match told.as_slice() {
            [one] => Occasion::ChangedByClient { from: &one.from },
            all => Occasion::SeriesChangedByClient(all),
        };
        let a = &first.to.visit;
        let Some((page, recipient)) = self.page_and_recipient(a, occasion).await? else { return Ok(()) };
        self.write(a, occasion, page, recipient).await
    }

    /// False where there is no address to write to.
    async fn write_of_moves(
        &mut self,
        told: &[(Appointment, Appointment)],
        wanted_by: Side,
    ) -> Result<bool, Error> {
        let Some((_, first)) = told.first() else { return Ok(true) };
        let Some(email) = self.writes_to(first).await? else { return Ok(false) };
        let mut moves = Vec::with_capacity(told.len());
        for (from, to) in told {
            let changed = Occasion::Changed { from, wanted_by };
            let page = self.fresh_page(to, changed).await?;
            moves.push(Moved { from: from.clone(), to: OneOfSeveral { visit: to.clone(), page } });
        }
        let occasion = match moves.as_slice() {
            [one] => Occasion::Changed { from: &one.from, wanted_by },
            all => Occasion::SeriesChanged { moves: all, wanted_by },
        };
        let page = moves.first().map(|one| one.to.page.clone()).unwrap_or_default();
        self.write(first, occasion, page, email.to_string()).await?;
        Ok(true)
    }

    /// What has ended, each as its client knows it, but for what they have heard of already.
    async fn ends_as_told(&mut self, canceled: &[Appointment]) -> Result<Vec<Appointment>, Error> {
        let mut told = Vec::with_capacity(canceled.len());
        let unheard = self.drop_superseded_of_all(canceled, Occasion::Canceled).await?;
        for (a, unheard) in canceled.iter().zip(unheard) {
            self.forget_the_address(a).await?;
            if unheard.was_to_be_on_again() {
                self.is_over_as_before(a, Occasion::Canceled, &unheard).await?;
                continue;
            }
            let known = self.end_as_known(a, Occasion::Canceled, &unheard).await?;
            if let Some(known) = &known {
                // Their page says what they are told.
                self.tx.update_appointment(known).await?;
            }
            told.push(known.unwrap_or_else(|| a.clone()));
        }
        Ok(told)
    }

    /// False where there is no address to write to.
    async fn write_of_ends(&mut self, ended: &[Appointment]) -> Result<bool, Error> {
        let Some(first) = ended.first() else { return Ok(true) };
        let Some(email) = self.writes_to(first).await? else { return Ok(false) };
        let occasion = match ended.len() {
            1 => known_end(first, Occasion::Canceled),
            _ => Occasion::SeriesCanceled(ended),
        };
        let page = self.fresh_page(first, occasion).await?;
        self.write(first, occasion, page, email.to_string()).await?;
        Ok(true)
    }
}
