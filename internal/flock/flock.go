// Package flock gives one process at a time the right to something, by a file
// that is locked. It is let go when the process ends, however it ends.
package flock

import "errors"

// ErrTaken is a right that another process has.
var ErrTaken = errors.New("another process has it")
