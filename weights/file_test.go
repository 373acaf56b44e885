package weights

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"
)

func toy(t testing.TB) []byte {
	t.Helper()
	b := Builder{Name: "toy", Card: "A toy.\nMade by hand."}
	b.Int8s("i8", []int8{-1, 2, 3})
	b.Uint8s("u8", []uint8{1, 255})
	b.Int16s("i16", []int16{-300, 300})
	b.Uint16s("u16", []uint16{65535})
	b.Int32s("i32", []int32{-70000})
	b.Uint32s("u32", []uint32{1, 2, 3})
	b.Uint64s("u64", []uint64{1 << 40})
	b.Float32s("f32", []float32{0.5, -2})
	b.Strings("words", []string{"a", "", "über"})
	b.Int8s("none", nil)
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func check[T comparable](t *testing.T, name string, got []T, err error, want ...T) {
	t.Helper()
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%s = %v, %v, want %v", name, got, err, want)
	}
}

func TestRoundTrip(t *testing.T) {
	data := toy(t)
	for _, shift := range []int{0, 1, 3} { // embedded bytes begin anywhere
		moved := append(make([]byte, shift), data...)[shift:]
		f, err := Read(moved)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name != "toy" || f.Card != "A toy.\nMade by hand." {
			t.Errorf("name %q, card %q", f.Name, f.Card)
		}
		i8, err := f.Int8s("i8")
		check(t, "i8", i8, err, -1, 2, 3)
		u8, err := f.Uint8s("u8")
		check(t, "u8", u8, err, 1, 255)
		i16, err := f.Int16s("i16")
		check(t, "i16", i16, err, -300, 300)
		u16, err := f.Uint16s("u16")
		check(t, "u16", u16, err, 65535)
		i32, err := f.Int32s("i32")
		check(t, "i32", i32, err, -70000)
		u32, err := f.Uint32s("u32")
		check(t, "u32", u32, err, 1, 2, 3)
		u64, err := f.Uint64s("u64")
		check(t, "u64", u64, err, 1<<40)
		f32, err := f.Float32s("f32")
		check(t, "f32", f32, err, 0.5, -2)
		words, err := f.Strings("words")
		check(t, "words", words, err, "a", "", "über")
		none, err := f.Int8s("none")
		check(t, "none", none, err)
	}
	if !bytes.Equal(data, toy(t)) {
		t.Error("the same calls gave other bytes")
	}
}

func TestRefused(t *testing.T) {
	resum := func(b []byte) []byte {
		n := len(b) - sha256.Size
		sum := sha256.Sum256(b[:n])
		copy(b[n:], sum[:])
		return b
	}
	le := binary.LittleEndian
	for _, c := range []struct {
		name   string
		change func([]byte) []byte
		want   string
	}{
		{"empty", func([]byte) []byte { return nil }, "at its start"},
		{"magic", func(b []byte) []byte { b[0] = 'x'; return b }, "at its start"},
		{"version", func(b []byte) []byte { b[8] = 9; return b }, "version 9"},
		{"cut short", func(b []byte) []byte { return b[:len(b)-1] }, "its header says"},
		{"one bit", func(b []byte) []byte { b[len(b)/2] ^= 1; return b }, "checksum"},
		{"sections", func(b []byte) []byte { le.PutUint32(b[12:], 1<<30); return resum(b) }, "limits"},
		{"card", func(b []byte) []byte { le.PutUint32(b[28:], 1<<19); return resum(b) }, "directory"},
		{"kind", func(b []byte) []byte { b[64+39] = 77; return resum(b) }, "unknown kind"},
		{"place", func(b []byte) []byte { le.PutUint64(b[64+40:], 1<<62); return resum(b) }, "out of its place"},
		{"length", func(b []byte) []byte { le.PutUint64(b[64+48:], 1<<63); return resum(b) }, "out of its place"},
	} {
		_, err := Read(c.change(slices.Clone(toy(t))))
		if !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want an ErrFormat with %q", c.name, err, c.want)
		}
	}
	f, err := Read(toy(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Int8s("u8"); !errors.Is(err, ErrFormat) {
		t.Errorf("another kind: %v", err)
	}
	if _, err := f.Int8s("nowhere"); !errors.Is(err, ErrFormat) {
		t.Errorf("missing section: %v", err)
	}
}

// FuzzRead gives Read files whose checksum is right, so that the fuzzer gets
// past it: what is read must lie inside the file.
func FuzzRead(f *testing.F) {
	data := toy(f)
	f.Add(data[:len(data)-sha256.Size])
	f.Fuzz(func(t *testing.T, body []byte) {
		sum := sha256.Sum256(body)
		file, err := Read(append(body, sum[:]...))
		if err != nil {
			if file != nil || !errors.Is(err, ErrFormat) {
				t.Fatalf("file %v, error %v", file, err)
			}
			return
		}
		for _, s := range file.sections {
			if s.begin < 0 || s.begin > s.end || s.end > len(file.data) {
				t.Fatalf("section %+v outside %d bytes", s, len(file.data))
			}
			_, _ = file.Strings(s.name)
			_, _ = file.Float32s(s.name)
			_, _ = file.Uint64s(s.name)
		}
	})
}
