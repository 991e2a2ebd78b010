//! Where the account and the certificate lie, so that a restart asks for neither again: a
//! folder for each certificate authority, so that trying another loses nothing.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use instant_acme::AccountCredentials;

use crate::files;

pub struct Kept {
    folder: PathBuf,
}

impl Kept {
    pub fn new(folder: &Path, directory: &str) -> Self {
        let name = directory.trim_start_matches("https://").trim_end_matches('/');
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
        let name: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
        Self { folder: folder.join(name) }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Looks whether something could be kept: a certificate that can't be isn't asked for.
    pub fn can_keep(&self) -> io::Result<()> {
        files::make_folder(&self.folder)?;
        files::write(&self.folder.join("trial"), b"")?;
        files::clear(&self.folder.join("trial"))
    }

    /// What doesn't read as an account is none: another is made.
    pub fn account(&self) -> io::Result<Option<AccountCredentials>> {
        let text = read(&self.account_file())?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    pub fn keep_account(&self, account: &AccountCredentials) -> io::Result<()> {
        files::write(&self.account_file(), &serde_json::to_vec(account).map_err(io::Error::other)?)
    }

    pub fn forget_account(&self) -> io::Result<()> {
        files::clear(&self.account_file())
    }

    /// Key and certificate in one file: neither is ever there without the other.
    pub fn certificate(&self) -> io::Result<Option<String>> {
        read(&self.certificate_file())
    }

    pub fn keep_certificate(&self, pem: &str) -> io::Result<()> {
        files::write(&self.certificate_file(), pem.as_bytes())
    }

    fn account_file(&self) -> PathBuf {
        self.folder.join("account.json")
    }

    fn certificate_file(&self) -> PathBuf {
        self.folder.join("certificate.pem")
    }
}

fn read(file: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        // Not text: not ours either.
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(None),
        Err(error) => Err(error),
    }
}
