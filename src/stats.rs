//! Answers to tallies, tallies to figures. Undefined is `None`, never NaN.
