// Package join decides what in many articles is the same: the same actor, the
// same event, the same words of the same speaker, the same wire story.
//
// It makes comparable values of a reading, gives the keys under which an index
// finds those worth comparing, and compares two of them. Everything in it is a
// function of the two values alone: it knows no store, no order of arrival and
// no clock, so that the same articles give the same record whatever came first.
//
// A tie between two values is either Same, which holds for both, or Nearest:
// the one that does not tell its day, or tells another one, belongs to the best
// of all it could belong to. What is joined are the connected parts of the
// graph of all Same ties and the best Nearest tie of each.
package join

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
)

// Version changes whenever the same readings may give other values, keys or
// ties: an index made by another version is made anew.
const Version = 6

var encoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// ID is a name made of content: a letter for what it names, and 75 bits of the
// hash of the parts.
func ID(kind string, parts ...string) string {
	h := sha256.New()
	var n [8]byte
	for _, p := range append([]string{kind}, parts...) {
		binary.LittleEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		h.Write([]byte(p))
	}
	return kind + encoding.EncodeToString(h.Sum(nil))[:15]
}

// Ties are of these kinds.
const (
	Same    = "same"    // the two are one
	Nearest = "nearest" // the first belongs to the best of those it has such a tie to
)

// Tie says why A may be the same as B. The zero Tie is none.
type Tie struct {
	Kind  string
	Score float64 // of Nearest ties: the higher is the better
	Why   string  // for people: "same people, same day"
}

// Key is a place in an index: a block and a day in it.
type Key struct {
	Block string
	Day   int // as Day; 0 where there is none
}

// Range is what to look up: a block between two days, both included.
type Range struct {
	Block    string
	From, To int
}
