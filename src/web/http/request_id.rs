//! By what the log knows a request: whatever is said while it is answered says this as
//! well, and so does the page of an error, so that the one is found by the other.

use tracing::Instrument;

tokio::task_local! {
    static OWN: String;
}

/// Answers a request under an id of its own.
pub async fn with_one<T>(answer: impl Future<Output = T>) -> T {
    let id = fresh();
    let span = tracing::info_span!("request", id);
    OWN.scope(id, answer.instrument(span)).await
}

/// The id of the request that is being answered.
pub fn own() -> String {
    OWN.try_with(Clone::clone).unwrap_or_else(|_| fresh())
}

fn fresh() -> String {
    format!("{:08x}", rand::random::<u32>())
}
