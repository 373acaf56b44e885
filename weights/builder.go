package weights

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// Builder makes a model file. Sections stand in the file in the order in which
// they are added, so the same calls give the same bytes.
type Builder struct {
	Name string
	Card string

	sections []pending
	err      error
}

type pending struct {
	name string
	kind Kind
	data []byte
}

// Int8s adds a section; so do the others. A name is 1 to 39 bytes and may be
// given once; what is wrong with it is Bytes' error.
func (b *Builder) Int8s(name string, v []int8) { add(b, name, Int8, v) }

// Uint8s: see Int8s.
func (b *Builder) Uint8s(name string, v []uint8) { add(b, name, Uint8, v) }

// Int16s: see Int8s.
func (b *Builder) Int16s(name string, v []int16) { add(b, name, Int16, v) }

// Uint16s: see Int8s.
func (b *Builder) Uint16s(name string, v []uint16) { add(b, name, Uint16, v) }

// Int32s: see Int8s.
func (b *Builder) Int32s(name string, v []int32) { add(b, name, Int32, v) }

// Uint32s: see Int8s.
func (b *Builder) Uint32s(name string, v []uint32) { add(b, name, Uint32, v) }

// Uint64s: see Int8s.
func (b *Builder) Uint64s(name string, v []uint64) { add(b, name, Uint64, v) }

// Float32s: see Int8s.
func (b *Builder) Float32s(name string, v []float32) { add(b, name, Float32, v) }

// Strings: see Int8s.
func (b *Builder) Strings(name string, v []string) {
	le := binary.LittleEndian
	data := le.AppendUint32(nil, uint32(len(v)))
	at := uint32(0)
	data = le.AppendUint32(data, at)
	for _, s := range v {
		at += uint32(len(s))
		data = le.AppendUint32(data, at)
	}
	for _, s := range v {
		data = append(data, s...)
	}
	b.put(name, Strings, data)
}

func add[T number](b *Builder, name string, kind Kind, v []T) {
	data, err := binary.Append(nil, binary.LittleEndian, v)
	if err != nil {
		b.err = err
		return
	}
	b.put(name, kind, data)
}

func (b *Builder) put(name string, kind Kind, data []byte) {
	if len(name) == 0 || len(name) > nameInEntry {
		b.err = fmt.Errorf("weights: section name %q has %d bytes, want 1 to %d", name, len(name), nameInEntry)
	}
	for _, s := range b.sections {
		if s.name == name {
			b.err = fmt.Errorf("weights: section %q is added twice", name)
		}
	}
	b.sections = append(b.sections, pending{name, kind, data})
}

// Bytes is the whole file.
func (b *Builder) Bytes() ([]byte, error) {
	switch {
	case b.err != nil:
		return nil, b.err
	case len(b.sections) > MaxSections:
		return nil, fmt.Errorf("weights: %d sections, at most %d", len(b.sections), MaxSections)
	case len(b.Name) > 255 || len(b.Card) > MaxCard:
		return nil, fmt.Errorf("weights: a name of %d and a card of %d bytes are beyond the limits", len(b.Name), len(b.Card))
	}
	dir := roundUp(headerSize + len(b.Name) + len(b.Card))
	size := roundUp(dir + entrySize*len(b.sections))
	begins := make([]int, len(b.sections))
	for i, s := range b.sections {
		begins[i] = size
		size = roundUp(size + len(s.data))
	}
	out := make([]byte, size+sha256.Size)
	le := binary.LittleEndian
	copy(out, magic[:])
	le.PutUint32(out[8:], Version)
	le.PutUint32(out[12:], uint32(len(b.sections)))
	le.PutUint64(out[16:], uint64(len(out)))
	le.PutUint32(out[24:], uint32(len(b.Name)))
	le.PutUint32(out[28:], uint32(len(b.Card)))
	copy(out[headerSize:], b.Name)
	copy(out[headerSize+len(b.Name):], b.Card)
	for i, s := range b.sections {
		e := out[dir+i*entrySize:]
		copy(e, s.name)
		e[39] = byte(s.kind)
		le.PutUint64(e[40:], uint64(begins[i]))
		le.PutUint64(e[48:], uint64(len(s.data)))
		copy(out[begins[i]:], s.data)
	}
	sum := sha256.Sum256(out[:size])
	copy(out[size:], sum[:])
	return out, nil
}
