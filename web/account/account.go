// Package account knows who may read and write a record over the web: local users
// with passwords, sessions, tokens for programs, and a sign-on elsewhere.
//
// Users are kept in the record itself, so that all servers of a record have the
// same, at once: who is removed, or gets another password or role, is out with the
// next request. A Book keeps them, a Guard stands before the pages. Of passwords
// only argon2id hashes are kept (RFC 9106), of sessions and tokens only SHA-256.
package account

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"strings"
)

// Role is what somebody may do; each may all that those below it may.
type Role uint8

// The roles. A Reader sees all pages, an Editor adds articles and decides, an
// Admin sees how the server does.
const (
	Nobody Role = iota
	Reader
	Editor
	Admin
)

var roleNames = []string{"nobody", "reader", "editor", "admin"}

func (r Role) String() string {
	if int(r) < len(roleNames) {
		return roleNames[r]
	}
	return fmt.Sprintf("role %d", uint8(r))
}

// RoleNames are the roles that users may have, from the least.
func RoleNames() []string { return roleNames[Reader:] }

// ParseRole reads the name of a role that users may have.
func ParseRole(s string) (Role, error) {
	for i, name := range roleNames {
		if name == s && i > 0 {
			return Role(i), nil
		}
	}
	return 0, fmt.Errorf("%q is no role: one of %s", s, strings.Join(RoleNames(), ", "))
}

// MarshalText implements encoding.TextMarshaler.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (r *Role) UnmarshalText(b []byte) (err error) {
	*r, err = ParseRole(string(b))
	return err
}

// What can be wrong with an account.
var (
	ErrUnknown  = errors.New("there is no such user")
	ErrTaken    = errors.New("there is a user of that name")
	ErrName     = errors.New("not a name for a user: letters a to z, digits and . _ - @ +, up to 64")
	ErrPassword = errors.New("not a password to be had")
	ErrToken    = errors.New("there is no such token")
	ErrLast     = errors.New("that is the last admin")
	// ErrDenied is a name with a password, a session or a token that does not
	// count. It does not tell which is wrong.
	ErrDenied = errors.New("name or password is wrong")
	// ErrOften is a password that was tried too often.
	ErrOften = errors.New("too many wrong passwords: wait a minute")
	// ErrBusy is a password that cannot be looked at now: too many are.
	ErrBusy = errors.New("too many sign in at once")
)

var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@+-]{0,63}$`)

// ParseName reads the name of a user; capitals are made small.
func ParseName(s string) (string, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	if !nameForm.MatchString(s) {
		return "", ErrName
	}
	return s, nil
}

// Means is how somebody was known.
type Means string

// The means.
const (
	ByNothing Means = ""
	BySession Means = "session"
	ByToken   Means = "token"
	ByMachine Means = "machine" // whoever works at the machine of an open server
)

// Identity is who asks.
type Identity struct {
	Name  string
	Role  Role
	Means Means
	// Address is where the request came from, past the proxies that are trusted.
	Address netip.Addr
}

type contextKey struct{}

// asked is what a Guard found out about a request.
type asked struct {
	Identity
	secure  bool  // it came by TLS
	through bool  // it came through a proxy
	open    bool  // there are no users
	err     error // why the record could not tell, or ErrDenied
}

func of(ctx context.Context) asked {
	a, _ := ctx.Value(contextKey{}).(asked)
	return a
}

// From gives who asks; the zero Identity where no Guard is.
func From(ctx context.Context) Identity { return of(ctx).Identity }

// User is the name to put down what is decided to, "" where nobody is known.
func User(ctx context.Context) string { return of(ctx).Name }

// May reports whether who asks may do what needs a role.
func May(ctx context.Context, need Role) bool { return of(ctx).Role >= need }

// Secure reports whether a request came by TLS, to this server or to a proxy
// before it that is trusted.
func Secure(ctx context.Context) bool { return of(ctx).secure }
