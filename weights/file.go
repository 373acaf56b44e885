// Package weights is the format of readout's model files: named arrays of
// numbers, one text card, a checksum.
//
// It knows bytes, bounds and alignment. It does not know what a model is for
// nor how its arrays are used; that is for the package that asks for them.
//
// # The format, version 1
//
// Everything is little-endian. A file is a header, the card, a directory, the
// sections, a checksum:
//
//	offset  size  what
//	0       8     magic "readoutM"
//	8       4     format version, 1
//	12      4     number of sections S, at most MaxSections
//	16      8     length of the whole file in bytes
//	24      4     length N of the name, at most 255
//	28      4     length C of the card, at most MaxCard
//	32      N     name of the model, UTF-8: "en-tag"
//	        C     the card: UTF-8 text, the same as the CARD file beside the model
//	        pad   zeros up to a multiple of 64
//	        64*S  directory, one entry a section
//	        pad   zeros up to a multiple of 64
//	        …     the sections, each begun at a multiple of 64, zeros between
//	len-32  32    SHA-256 of everything before it
//
// A directory entry is the section's name (39 bytes, zero-filled), its kind (1
// byte), offset (8), length in bytes (8) and 8 bytes of zero. Sections stand in
// the order of the directory and do not overlap. A section of strings is a
// uint32 count, count+1 uint32 offsets into what follows, and the bytes of the
// strings one after the other.
//
// # Versions
//
// 1 (2026-11): the first. Read accepts version 1 only.
package weights

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// ErrFormat is what every error of this package wraps: the bytes are no model
// file of a version that Read takes, or a section is missing or of another kind.
var ErrFormat = errors.New("not a model file")

// Limits of the format; a file beyond them is refused.
const (
	Version     = 1
	MaxSections = 256
	MaxCard     = 1 << 20

	headerSize  = 32
	entrySize   = 64
	nameInEntry = 39
	align       = 64
)

var magic = [8]byte{'r', 'e', 'a', 'd', 'o', 'u', 't', 'M'}

// Kind is the type of a section's elements.
type Kind uint8

// The kinds of sections.
const (
	_ Kind = iota
	Int8
	Uint8
	Int16
	Uint16
	Int32
	Uint32
	Uint64
	Float32
	Strings
)

var (
	kindNames = [...]string{"unset", "int8", "uint8", "int16", "uint16", "int32", "uint32", "uint64", "float32", "strings"}
	kindSizes = [...]int{0, 1, 1, 2, 2, 4, 4, 8, 4, 1}
)

// String is the name of k.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}

// File is a model file that has been checked. It is immutable and safe for many
// goroutines; the slices it hands out are its own bytes and must not be written.
type File struct {
	Name string // "en-tag"
	Card string

	data     []byte // begins at a multiple of 8
	sections []section
}

type section struct {
	name       string
	kind       Kind
	begin, end int
}

// Read checks data and gives the file in it: the magic, the version, every
// bound and the checksum. It keeps data, which must not be written afterwards;
// it copies it once where it does not begin at a multiple of 8 in memory. It
// costs one pass of SHA-256. Errors wrap ErrFormat.
func Read(data []byte) (*File, error) {
	if len(data) < headerSize+sha256.Size || !bytes.Equal(data[:8], magic[:]) {
		return nil, fmt.Errorf("%w: no %q at its start", ErrFormat, magic[:])
	}
	le := binary.LittleEndian
	if v := le.Uint32(data[8:]); v != Version {
		return nil, fmt.Errorf("%w: format version %d, this program reads %d", ErrFormat, v, Version)
	}
	sections, nameBytes, cardBytes := le.Uint32(data[12:]), le.Uint32(data[24:]), le.Uint32(data[28:])
	if n := le.Uint64(data[16:]); n != uint64(len(data)) {
		return nil, fmt.Errorf("%w: %d bytes, its header says %d", ErrFormat, len(data), n)
	}
	if sections > MaxSections || nameBytes > 255 || cardBytes > MaxCard {
		return nil, fmt.Errorf("%w: %d sections, a name of %d and a card of %d bytes are beyond the limits", ErrFormat, sections, nameBytes, cardBytes)
	}
	count, nameLen, cardLen := int(sections), int(nameBytes), int(cardBytes)
	body := len(data) - sha256.Size
	if sum := sha256.Sum256(data[:body]); !bytes.Equal(sum[:], data[body:]) {
		return nil, fmt.Errorf("%w: its checksum does not fit its bytes", ErrFormat)
	}
	dir := roundUp(headerSize + nameLen + cardLen)
	if dir+count*entrySize > body {
		return nil, fmt.Errorf("%w: its directory reaches beyond its end", ErrFormat)
	}
	f := &File{
		Name: string(data[headerSize : headerSize+nameLen]),
		Card: string(data[headerSize+nameLen : headerSize+nameLen+cardLen]),
		data: aligned(data),
	}
	if err := f.readDirectory(dir, count, body); err != nil {
		return nil, err
	}
	return f, nil
}

func (f *File) readDirectory(dir, count, body int) error {
	le := binary.LittleEndian
	last := dir + count*entrySize
	f.sections = make([]section, count)
	for i := range f.sections {
		e := f.data[dir+i*entrySize:][:entrySize]
		name, _, _ := bytes.Cut(e[:nameInEntry], []byte{0})
		kind, begin, size := Kind(e[39]), le.Uint64(e[40:]), le.Uint64(e[48:])
		if kind == 0 || int(kind) >= len(kindNames) {
			return fmt.Errorf("%w: section %q is of an unknown kind %d", ErrFormat, name, kind)
		}
		if begin%align != 0 || begin < uint64(last) || begin > uint64(body) || size > uint64(body)-begin {
			return fmt.Errorf("%w: section %q reaches out of its place", ErrFormat, name)
		}
		if size%uint64(kindSizes[kind]) != 0 {
			return fmt.Errorf("%w: section %q has %d bytes, no multiple of its element", ErrFormat, name, size)
		}
		last = int(begin + size)
		f.sections[i] = section{string(name), kind, int(begin), last}
	}
	return nil
}

func roundUp(n int) int { return (n + align - 1) &^ (align - 1) }

// find is the bytes of a section; kind must be the one it was written with.
func (f *File) find(name string, kind Kind) ([]byte, error) {
	for _, s := range f.sections {
		if s.name != name {
			continue
		}
		if s.kind != kind {
			return nil, fmt.Errorf("%w: %s: section %q is %v, want %v", ErrFormat, f.Name, name, s.kind, kind)
		}
		return f.data[s.begin:s.end:s.end], nil
	}
	return nil, fmt.Errorf("%w: %s: no section %q", ErrFormat, f.Name, name)
}

// Has reports whether f has a section of that name.
func (f *File) Has(name string) bool {
	for _, s := range f.sections {
		if s.name == name {
			return true
		}
	}
	return false
}

// Sum is the SHA-256 of a section's bytes: what another model that was made to
// go with it keeps.
func (f *File) Sum(section string) ([sha256.Size]byte, error) {
	for _, s := range f.sections {
		if s.name == section {
			return sha256.Sum256(f.data[s.begin:s.end]), nil
		}
	}
	return [sha256.Size]byte{}, fmt.Errorf("%w: %s: no section %q", ErrFormat, f.Name, section)
}

// Size is the length of the file in bytes.
func (f *File) Size() int { return len(f.data) }

// Raw is the whole file as it was read.
func (f *File) Raw() []byte { return f.data }

// Int8s is the section of that name and kind, without copying; so are the
// others. The error wraps ErrFormat.
func (f *File) Int8s(name string) ([]int8, error) { return numbers[int8](f, name, Int8) }

// Uint8s: see Int8s.
func (f *File) Uint8s(name string) ([]uint8, error) { return f.find(name, Uint8) }

// Int16s: see Int8s.
func (f *File) Int16s(name string) ([]int16, error) { return numbers[int16](f, name, Int16) }

// Uint16s: see Int8s.
func (f *File) Uint16s(name string) ([]uint16, error) { return numbers[uint16](f, name, Uint16) }

// Int32s: see Int8s.
func (f *File) Int32s(name string) ([]int32, error) { return numbers[int32](f, name, Int32) }

// Uint32s: see Int8s.
func (f *File) Uint32s(name string) ([]uint32, error) { return numbers[uint32](f, name, Uint32) }

// Uint64s: see Int8s.
func (f *File) Uint64s(name string) ([]uint64, error) { return numbers[uint64](f, name, Uint64) }

// Float32s: see Int8s. NaN and infinities are refused.
func (f *File) Float32s(name string) ([]float32, error) {
	v, err := numbers[float32](f, name, Float32)
	for i, x := range v {
		if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
			return nil, fmt.Errorf("%w: %s: element %d of section %q is %v", ErrFormat, f.Name, i, name, x)
		}
	}
	return v, err
}

// Strings is the section of that name. The strings share one copy of its bytes.
func (f *File) Strings(name string) ([]string, error) {
	b, err := f.find(name, Strings)
	if err != nil {
		return nil, err
	}
	bad := fmt.Errorf("%w: %s: section %q holds no list of strings", ErrFormat, f.Name, name)
	if len(b) < 8 {
		return nil, bad
	}
	le := binary.LittleEndian
	n := uint64(le.Uint32(b))
	head := 4 + 4*(n+1)
	if head > uint64(len(b)) {
		return nil, bad
	}
	text := string(b[head:])
	out := make([]string, n)
	begin := le.Uint32(b[4:])
	for i := range out {
		end := le.Uint32(b[8+4*i:])
		if begin > end || uint64(end) > uint64(len(text)) {
			return nil, bad
		}
		out[i], begin = text[begin:end], end
	}
	return out, nil
}
