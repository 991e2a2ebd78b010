//! What the system tells of changes in the content folder, where it tells of
//! them at all: a courtesy, the looks at the files are the truth.

#[cfg(target_os = "linux")]
pub use self::linux::Hints;
#[cfg(not(target_os = "linux"))]
pub use self::none::Hints;

#[cfg(target_os = "linux")]
mod linux {
    use std::path::Path;

    use rustix::fs::inotify::{self, CreateFlags, WatchFlags};
    use tokio::{io::AsyncReadExt, net::unix::pipe::Receiver};

    use crate::content::read::folder::inventory::FOLDERS;

    /// The queue is read as a pipe is: whatever comes is a hint.
    pub struct Hints(Option<Receiver>);

    impl Hints {
        pub fn new() -> Self {
            let queue = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC).ok();
            Self(queue.and_then(|queue| Receiver::from_owned_fd_unchecked(queue).ok()))
        }

        /// Watches the content folder and those within it, as they lie there now. What has
        /// been told until then is forgotten: whoever calls looks at the files next.
        pub fn watch(&self, folder: &Path) {
            let Some(queue) = &self.0 else { return };
            let told = WatchFlags::CLOSE_WRITE | WatchFlags::CREATE | WatchFlags::DELETE | WatchFlags::MOVE;
            for folder in FOLDERS.map(|within| folder.join(within)).iter().map(AsRef::as_ref).chain([folder])
            {
                // One that is not there, or too many watches: then the looks find it.
                let _ = inotify::add_watch(queue, folder, told | WatchFlags::ONLYDIR);
            }
            let mut told = [0; 4096];
            while queue.try_read(&mut told).is_ok_and(|length| length > 0) {}
        }

        /// Waits for the next one.
        pub async fn next(&mut self) {
            let Some(queue) = &mut self.0 else { return std::future::pending().await };
            let mut told = [0; 4096];
            if !queue.read(&mut told).await.is_ok_and(|length| length > 0) {
                self.0 = None;
                std::future::pending().await
            }
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::{fs, time::Duration};

    use super::Hints;

    #[tokio::test]
    async fn a_change_is_told_at_once_in_the_folder_and_in_those_within_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut hints = Hints::new();
        let path = |name: &str| folder.path().join(name);
        let changes: [&dyn Fn(); 5] = [
            &|| fs::write(path("practice.toml"), "one").expect("a file"),
            &|| fs::create_dir(path("articles")).expect("a folder"),
            &|| fs::write(path("articles/one.md"), "one").expect("a file"),
            &|| fs::rename(path("articles/one.md"), path("articles/two.md")).expect("renamed"),
            &|| fs::remove_file(path("articles/two.md")).expect("gone"),
        ];
        for change in changes {
            hints.watch(folder.path());
            let nothing = tokio::time::timeout(Duration::ZERO, hints.next()).await;
            assert!(nothing.is_err(), "nothing has changed");
            change();
            let told = tokio::time::timeout(Duration::from_secs(60), hints.next()).await;
            told.expect("it is told");
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod none {
    use std::path::Path;

    pub struct Hints;

    impl Hints {
        pub fn new() -> Self {
            Self
        }

        pub fn watch(&self, _: &Path) {}

        pub async fn next(&mut self) {
            std::future::pending().await
        }
    }
}
