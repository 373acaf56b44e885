package linear

import (
	"fmt"

	"readout/weights"
)

// Dict maps hashes to small numbers: the tables of the lemmatiser and of the
// features. It is immutable once saved or loaded, and safe for many goroutines.
type Dict struct {
	keys   []uint64 // 0 is free
	values []uint16
	shift  uint
}

// NewDict makes a dictionary from keys and their values, as made by Hash; a
// key that comes twice keeps its first value.
func NewDict(keys []uint64, values []uint16) *Dict {
	bits := uint(4)
	for len(keys)*10 > 7<<bits {
		bits++
	}
	d := &Dict{make([]uint64, 1<<bits), make([]uint16, 1<<bits), 64 - bits}
	for i, k := range keys {
		if s := d.slot(k); k != 0 && d.keys[s] == 0 {
			d.keys[s], d.values[s] = k, values[i]
		}
	}
	return d
}

func (d *Dict) slot(k uint64) int {
	mask := len(d.keys) - 1
	for i := int(k >> d.shift); ; i++ {
		if s := i & mask; d.keys[s] == k || d.keys[s] == 0 {
			return s
		}
	}
}

// Get is the value of a key; false where it has none.
func (d *Dict) Get(k uint64) (uint16, bool) {
	s := d.slot(k)
	return d.values[s], d.keys[s] == k && k != 0
}

// Save adds the dictionary to a file.
func (d *Dict) Save(b *weights.Builder, prefix string) {
	b.Uint64s(prefix+".keys", d.keys)
	b.Uint16s(prefix+".values", d.values)
}

// LoadDict is the dictionary that was saved under prefix; every value in it is
// below limit. Its errors wrap weights.ErrFormat.
func LoadDict(f *weights.File, prefix string, limit int) (*Dict, error) {
	keys, err := f.Uint64s(prefix + ".keys")
	if err != nil {
		return nil, err
	}
	values, err := f.Uint16s(prefix + ".values")
	if err != nil {
		return nil, err
	}
	bits := log2(len(keys))
	if bits < 0 || len(values) != len(keys) {
		return nil, fmt.Errorf("%w: %s: %s: index is no power of two", weights.ErrFormat, f.Name, prefix)
	}
	free := 0
	for i, k := range keys {
		if k == 0 {
			free++
		} else if int(values[i]) >= limit {
			return nil, fmt.Errorf("%w: %s: %s: value %d, want below %d", weights.ErrFormat, f.Name, prefix, values[i], limit)
		}
	}
	if free == 0 {
		return nil, fmt.Errorf("%w: %s: %s: index is full", weights.ErrFormat, f.Name, prefix)
	}
	return &Dict{keys, values, uint(64 - bits)}, nil
}
