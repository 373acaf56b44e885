package weights

import (
	"encoding/binary"
	"unsafe"
)

// This file is the only one that looks at memory as it lies: it turns bytes of
// the file into slices of numbers without copying them. Three things make that
// safe: the file begins at a multiple of 8 (aligned), every section at a
// multiple of 64 (readDirectory), and a machine that is not little-endian gets
// a decoded copy instead.

type number interface {
	int8 | uint8 | int16 | uint16 | int32 | uint32 | uint64 | float32
}

var littleEndian = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

// aligned is data, or a copy of it that begins at a multiple of 8. Embedded
// files begin anywhere.
func aligned(data []byte) []byte {
	if uintptr(unsafe.Pointer(unsafe.SliceData(data)))%8 == 0 {
		return data
	}
	words := make([]uint64, (len(data)+7)/8)
	out := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(words))), len(words)*8)[:len(data)]
	copy(out, data)
	return out
}

func numbers[T number](f *File, name string, kind Kind) ([]T, error) {
	b, err := f.find(name, kind)
	if err != nil || len(b) == 0 {
		return nil, err
	}
	var zero T
	n := len(b) / int(unsafe.Sizeof(zero))
	if littleEndian {
		return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(b))), n), nil
	}
	out := make([]T, n)
	if _, err := binary.Decode(b, binary.LittleEndian, out); err != nil {
		return nil, err
	}
	return out, nil
}
