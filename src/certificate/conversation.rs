//! What is said between us and the certificate authority until there's a certificate.

use std::time::Duration;

use instant_acme::{
    Account, AuthorizationStatus, ChallengeType, Identifier, NewAccount, NewOrder, Order, OrderStatus,
    RetryPolicy,
};
use rcgen::{CertificateParams, DistinguishedName, KeyPair};
use tokio::time::timeout;

use super::{kept::Kept, offer::Offer, transport::Transport, trouble::Trouble};
use crate::config::https::Https;

/// How long all of it may take: each step has its own patience, and there are many steps.
const PATIENCE: Duration = Duration::from_secs(5 * 60);
/// How long the certificate authority may take to look, and to sign.
const STEP: Duration = Duration::from_secs(90);

/// Gets a certificate: its key, itself, and those it comes from, as PEM.
pub async fn certificate(https: &Https, kept: &Kept, offer: &Offer) -> Result<String, Trouble> {
    let asked = async {
        match ask(https, kept, offer).await {
            Err(trouble) if trouble.is_unknown_account() => {
                let forgotten = kept.forget_account();
                forgotten.map_err(|error| Trouble::Folder(kept.folder().to_owned(), error))?;
                ask(https, kept, offer).await
            }
            asked => asked,
        }
    };
    timeout(PATIENCE, asked).await.unwrap_or(Err(Trouble::Unfinished))
}

async fn ask(https: &Https, kept: &Kept, offer: &Offer) -> Result<String, Trouble> {
    let account = account(https, kept).await?;
    let names: Vec<_> = https.names.iter().cloned().map(Identifier::Dns).collect();
    let mut order = account.new_order(&NewOrder::new(&names)).await?;
    prove(&mut order, offer).await?;
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(https.names.clone())?;
    params.distinguished_name = DistinguishedName::new();
    order.finalize_csr(params.serialize_request(&key)?.der()).await?;
    let chain = order.poll_certificate(&RetryPolicy::default().timeout(STEP)).await?;
    Ok(format!("{}{chain}", key.serialize_pem()))
}

/// The account that is kept, or a new one.
async fn account(https: &Https, kept: &Kept) -> Result<Account, Trouble> {
    let folder = |error| Trouble::Folder(kept.folder().to_owned(), error);
    let contact = https.contact.as_ref().map(|contact| format!("mailto:{contact}"));
    let contact: Vec<_> = contact.iter().map(String::as_str).collect();
    let transport = Transport::new(https.root.as_deref())
        .map_err(|error| Trouble::Root(https.root.clone().unwrap_or_default(), error))?;
    let builder = Account::builder_with_http(Box::new(transport));
    if let Some(credentials) = kept.account().map_err(folder)? {
        let account = builder.from_credentials(credentials).await?;
        if !contact.is_empty() {
            account.update_contacts(&contact).await?;
        }
        return Ok(account);
    }
    let new = NewAccount { contact: &contact, terms_of_service_agreed: true, only_return_existing: false };
    let (account, credentials) = builder.create(&new, https.directory.clone(), None).await?;
    kept.keep_account(&credentials).map_err(folder)?;
    Ok(account)
}

/// Shows that each name is ours, until the certificate authority has looked.
async fn prove(order: &mut Order, offer: &Offer) -> Result<(), Trouble> {
    let mut proofs = Vec::new();
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization?;
        if authorization.status == AuthorizationStatus::Valid {
            continue;
        }
        let name = authorization.identifier().to_string();
        let challenge = authorization.challenge(ChallengeType::TlsAlpn01);
        let mut challenge = challenge.ok_or_else(|| Trouble::NoProof(name.clone()))?;
        proofs.push(offer.prove(&name, challenge.key_authorization().digest().as_ref())?);
        challenge.set_ready().await?;
    }
    match order.poll_ready(&RetryPolicy::default().timeout(STEP)).await {
        Ok(OrderStatus::Ready) => Ok(()),
        // The order says that it failed; each name says why.
        Ok(_) => Err(unproven(order).await?.unwrap_or(Trouble::Unfinished)),
        Err(error) => Err(unproven(order).await.ok().flatten().unwrap_or_else(|| error.into())),
    }
}

/// The first name that the certificate authority doesn't believe to be ours.
async fn unproven(order: &mut Order) -> Result<Option<Trouble>, Trouble> {
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization?;
        let state = authorization.refresh().await?;
        if state.status != AuthorizationStatus::Invalid {
            continue;
        }
        let name = state.identifier().to_string();
        let problem = state.challenges.iter().find_map(|challenge| challenge.error.as_ref());
        return Ok(Some(Trouble::unproven(name, problem)));
    }
    Ok(None)
}
