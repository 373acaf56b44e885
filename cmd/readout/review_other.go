//go:build !unix

package main

import "os"

// onResize tells nothing here: the next key draws the screen anew.
func onResize() (<-chan os.Signal, func()) { return nil, func() {} }
