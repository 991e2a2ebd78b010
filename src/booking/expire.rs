//! Holds end: a request that nobody answered in time gives its time back, and
//! its client is told once.

use super::{Error, tell};
use crate::{
    app::App,
    domain::{appointment::Appointment, ids::AppointmentId, time::Instant},
    mail::letters::Occasion,
    store::Writing,
};

/// Expires whatever is overdue, in a transaction of its own. Returns how many requests expired.
pub async fn expire(app: &App) -> Result<usize, Error> {
    let mut tx = app.store.write().await?;
    let now = app.now();
    let expired = overdue(app, &mut tx, now, None).await?;
    tx.commit().await?;
    if expired > 0 {
        app.outbox.notify_one();
    }
    Ok(expired)
}

/// The same as the first step of an operation, so that no operation sees a
/// hold that has ended. `except` is the appointment that the operation is
/// about: a late yes is to find it unexpired.
pub async fn overdue(
    app: &App,
    tx: &mut Writing,
    now: Instant,
    except: Option<AppointmentId>,
) -> Result<usize, Error> {
    let mut requests: Vec<Appointment> = tx.overdue_requests(now).await?;
    requests.retain(|request| Some(request.id) != except);
    let count = requests.len();
    for request in requests {
        let expired = request.expire(now)?;
        tx.update_appointment(&expired).await?;
        tell::client(app, tx, &expired, Occasion::Expired, now).await?;
    }
    Ok(count)
}
