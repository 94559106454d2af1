//! Long work off the calling thread, with progress and cancel.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How far a job is. Handed to the work, which reports and asks whether it is still wanted.
#[derive(Debug, Default)]
pub struct Progress {
    cancelled: AtomicBool,
    permille: AtomicU32,
    doing: Mutex<String>,
}

impl Progress {
    /// Says how much is done, from 0 to 1, and what is being done. `Break` means: nobody wants it any more.
    pub fn report(&self, done: f32, doing: &str) -> ControlFlow<()> {
        self.permille.store((done.clamp(0.0, 1.0) * 1000.0) as u32, Ordering::Relaxed);
        if let Ok(mut slot) = self.doing.lock()
            && *slot != doing
        {
            doing.clone_into(&mut slot);
        }
        if self.cancelled.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// Work on a thread of its own.
#[derive(Debug)]
pub struct Job<T> {
    result: Receiver<T>,
    progress: Arc<Progress>,
}

/// What a job has come to.
#[derive(Debug)]
pub enum Polled<T> {
    /// It goes on.
    Running,
    /// It is done.
    Done(T),
    /// Its thread ended without a result: the work panicked.
    Lost,
}

impl<T: Send + 'static> Job<T> {
    /// Starts the work.
    pub fn start(work: impl FnOnce(&Progress) -> T + Send + 'static) -> Self {
        let (to, result) = channel();
        let progress = Arc::new(Progress::default());
        let handle = Arc::clone(&progress);
        std::thread::spawn(move || {
            let _ = to.send(work(&handle));
        });
        Self { result, progress }
    }

    /// What has come of it. Never waits. After `Done` the job is spent.
    pub fn poll(&self) -> Polled<T> {
        match self.result.try_recv() {
            Ok(value) => Polled::Done(value),
            Err(TryRecvError::Empty) => Polled::Running,
            Err(TryRecvError::Disconnected) => Polled::Lost,
        }
    }

    /// What has come of it; waits so long for it. After `Done` the job is spent.
    pub fn poll_within(&self, most: Duration) -> Polled<T> {
        match self.result.recv_timeout(most) {
            Ok(value) => Polled::Done(value),
            Err(RecvTimeoutError::Timeout) => Polled::Running,
            Err(RecvTimeoutError::Disconnected) => Polled::Lost,
        }
    }

    /// Waits for the result; `None` if the work panicked.
    pub fn wait(self) -> Option<T> {
        self.result.recv().ok()
    }

    /// From 0 to 1, and what is being done.
    pub fn progress(&self) -> (f32, String) {
        let done = self.progress.permille.load(Ordering::Relaxed) as f32 / 1000.0;
        (done, self.progress.doing.lock().map(|it| it.clone()).unwrap_or_default())
    }

    /// Says that the result is not wanted any more; the work stops at its next report.
    pub fn cancel(&self) {
        self.progress.cancelled.store(true, Ordering::Relaxed);
    }
}

impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        self.progress.cancelled.store(true, Ordering::Relaxed);
    }
}
