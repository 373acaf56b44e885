//go:build !unix

package nats

import (
	"errors"
	"io/fs"
	"os"
)

// lock takes the right to a folder for this process, by a file in it that is
// open. Here an open file cannot be removed.
func lock(path string) (unlock func(), err error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, ErrInUse
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
