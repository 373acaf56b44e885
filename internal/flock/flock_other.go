//go:build !unix

package flock

import (
	"errors"
	"io/fs"
	"os"
)

// Take takes the right that a file stands for, which is made where there is
// none. Here an open file cannot be removed.
func Take(path string) (release func(), err error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, ErrTaken
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	return func() {
		f.Close()
		os.Remove(path)
	}, nil
}
