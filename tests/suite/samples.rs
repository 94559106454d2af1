//! Every sample: opens, checks, runs, generates, exports.
