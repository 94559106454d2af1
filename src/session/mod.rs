//! Open, save, recover, and the jobs that a shell may ask for.
//!
//! The only room with files and threads; it knows no window toolkit and prints nothing.
