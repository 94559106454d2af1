//! The program: a command line and, with the feature `window`, a window.

fn main() {}
