package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// params are what an argon2id hash costs: memory in KiB, passes, lanes.
type params struct {
	memory, time uint32
	lanes        uint8
}

// cost is what new hashes cost: 64 MiB, which RFC 9106 recommends where memory is
// short, with fewer passes, so that a sign-in takes a tenth of a second.
var cost = params{memory: 64 << 10, time: 1, lanes: 4}

// What a hash that was kept may cost, so that none can take all memory.
const (
	maxMemory = 256 << 10 // KiB
	maxTime   = 16
	maxLanes  = 16
)

const (
	saltBytes = 16
	keyBytes  = 32
)

// hash is a password as it is kept.
type hash struct {
	params
	salt, key []byte
}

// String is the hash in the PHC form: $argon2id$v=19$m=65536,t=1,p=4$SALT$KEY.
func (h hash) String() string {
	e := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.time, h.lanes, e.EncodeToString(h.salt), e.EncodeToString(h.key))
}

var errHash = errors.New("not a hash of a password that this program knows")

// parseHash reads a hash in the form that String gives, and no other.
func parseHash(s string) (hash, error) {
	var h hash
	part := strings.Split(s, "$")
	if len(part) != 6 || part[0] != "" || part[1] != "argon2id" || part[2] != "v="+strconv.Itoa(argon2.Version) {
		return h, errHash
	}
	costs := strings.Split(part[3], ",")
	if len(costs) != 3 {
		return h, errHash
	}
	for i, c := range []struct {
		name string
		max  uint64
		set  func(uint64)
	}{
		{"m=", maxMemory, func(n uint64) { h.memory = uint32(n) }}, {"t=", maxTime, func(n uint64) { h.time = uint32(n) }}, {"p=", maxLanes, func(n uint64) { h.lanes = uint8(n) }},
	} {
		digits, ok := strings.CutPrefix(costs[i], c.name)
		n, err := strconv.ParseUint(digits, 10, 32)
		if !ok || err != nil || n < 1 || n > c.max {
			return h, errHash
		}
		c.set(n)
	}
	var err, err2 error
	h.salt, err = base64.RawStdEncoding.Strict().DecodeString(part[4])
	h.key, err2 = base64.RawStdEncoding.Strict().DecodeString(part[5])
	if err != nil || err2 != nil || len(h.salt) < 8 || len(h.salt) > 64 || len(h.key) < 16 || len(h.key) > 64 || h.String() != s {
		return h, errHash
	}
	return h, nil
}

// hasher hashes passwords, a few at a time: each takes its memory.
type hasher struct {
	params
	slots chan struct{}
}

// atOnce is how many passwords are hashed at once.
const atOnce = 2

func newHasher() *hasher { return &hasher{cost, make(chan struct{}, atOnce)} }

func (h *hasher) key(ctx context.Context, p params, salt []byte, size int, password string) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, errors.Join(ErrBusy, ctx.Err())
	}
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, p.time, p.memory, p.lanes, uint32(size)), nil
}

func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	out := hash{params: h.params, salt: make([]byte, saltBytes)}
	rand.Read(out.salt) // it does not fail
	var err error
	out.key, err = h.key(ctx, h.params, out.salt, keyBytes, password)
	return out.String(), err
}

// nobody is a hash that no password has, at the cost of one that some has.
func (h *hasher) nobody() hash {
	return hash{h.params, make([]byte, saltBytes), make([]byte, keyBytes)}
}

// verify reports whether a password is the one of a hash.
func (h *hasher) verify(ctx context.Context, of hash, password string) (bool, error) {
	key, err := h.key(ctx, of.params, of.salt, len(of.key), password)
	return err == nil && subtle.ConstantTimeCompare(key, of.key) == 1, err
}

// How long a password is, the least in letters, the most in bytes.
const (
	minPassword = 10
	maxPassword = 512
)

func checkPassword(name, password string) error {
	switch {
	case utf8.RuneCountInString(password) < minPassword:
		return fmt.Errorf("%w: it must have %d characters at least; some words together will do", ErrPassword, minPassword)
	case len(password) > maxPassword:
		return fmt.Errorf("%w: it has more than %d bytes", ErrPassword, maxPassword)
	case !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl):
		return fmt.Errorf("%w: it has what no keyboard gives", ErrPassword)
	case strings.EqualFold(password, name):
		return fmt.Errorf("%w: it is the name", ErrPassword)
	}
	return nil
}

// digest is how a secret of many random bits is kept.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

func isDigest(kept, secret string) bool {
	return subtle.ConstantTimeCompare([]byte(kept), []byte(digest(secret))) == 1
}
