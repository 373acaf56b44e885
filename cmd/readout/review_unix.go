//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
)

// onResize tells when the terminal takes another size.
func onResize() (<-chan os.Signal, func()) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGWINCH)
	return c, func() { signal.Stop(c) }
}
