package account

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// Settings is where a Book keeps what it knows. A *record.Ledger is one.
type Settings interface {
	// Setting gives what is kept under a name, "" for nothing.
	Setting(ctx context.Context, name string) (string, error)
	// ChangeSetting keeps what change makes of it, alone among all who write.
	ChangeSetting(ctx context.Context, name string, change func(value string) (string, error)) error
}

// The names of the settings.
const (
	settingAccounts = "accounts"
	settingSessions = "sessions"
)

// Account is a user.
type Account struct {
	Name    string    `json:"name"`
	Role    Role      `json:"role"`
	Hash    string    `json:"hash,omitempty"` // "" for who signs on elsewhere only
	Stamp   string    `json:"stamp"`          // another one with each password and role
	Created time.Time `json:"created"`
	Tokens  []Token   `json:"tokens,omitempty"`
}

// Token lets a program do what its user may, or less.
type Token struct {
	ID      string    `json:"id"`
	Label   string    `json:"label,omitempty"` // what it is for
	Role    Role      `json:"role"`
	Hash    string    `json:"hash"`
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires,omitzero"` // zero: never
	// Used is when it was used last, to the hour; not kept with the account.
	Used time.Time `json:"-"`
}

// Book is the users of a record. It is safe for many goroutines.
type Book struct {
	settings Settings
	hasher   *hasher
	now      func() time.Time
	accounts cached[[]Account]
	state    cached[state]
}

// NewBook opens the book that is kept in s.
func NewBook(s Settings) *Book { return &Book{settings: s, hasher: newHasher(), now: time.Now} }

// cached is a value with the text that it was read from.
type cached[T any] struct {
	mu    sync.Mutex
	text  string
	value T
}

func (c *cached[T]) read(text string) (T, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if text == c.text {
		return c.value, nil
	}
	v, err := decode[T](text)
	if err == nil {
		c.text, c.value = text, v
	}
	return v, err
}

func decode[T any](text string) (v T, err error) {
	if text == "" {
		return v, nil
	}
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return v, fmt.Errorf("accounts are damaged: %w", err)
	}
	return v, nil
}

// list gives the accounts, which nobody may change.
func (b *Book) list(ctx context.Context) ([]Account, error) {
	text, err := b.settings.Setting(ctx, settingAccounts)
	if err != nil {
		return nil, err
	}
	return b.accounts.read(text)
}

// Accounts gives all users by name, with when their tokens were used.
func (b *Book) Accounts(ctx context.Context) ([]Account, error) {
	list, err := b.list(ctx)
	if err != nil {
		return nil, err
	}
	s, err := b.readState(ctx)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(list)
	for i := range out {
		out[i].Tokens = slices.Clone(out[i].Tokens)
		for j := range out[i].Tokens {
			t := &out[i].Tokens[j]
			t.Used = s.Used[t.ID]
		}
	}
	slices.SortFunc(out, func(a, b Account) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

func find(list []Account, name string) *Account {
	for i := range list {
		if list[i].Name == name {
			return &list[i]
		}
	}
	return nil
}

// change keeps what f makes of the accounts.
func (b *Book) change(ctx context.Context, f func(list []Account) ([]Account, error)) error {
	return change(ctx, b.settings, settingAccounts, f)
}

func change[T any](ctx context.Context, s Settings, name string, f func(T) (T, error)) error {
	return s.ChangeSetting(ctx, name, func(text string) (string, error) {
		v, err := decode[T](text)
		if err != nil {
			return "", err
		}
		if v, err = f(v); err != nil {
			return "", err
		}
		out, err := json.Marshal(v)
		return string(out), err
	})
}

// changeOne keeps what f makes of a user.
func (b *Book) changeOne(ctx context.Context, name string, f func(*Account) error) error {
	return b.change(ctx, func(list []Account) ([]Account, error) {
		a := find(list, name)
		if a == nil {
			return nil, fmt.Errorf("%w: %s", ErrUnknown, name)
		}
		return list, f(a)
	})
}

// Add makes a user with a password; "" is a user who signs on elsewhere.
func (b *Book) Add(ctx context.Context, name string, role Role, password string) error {
	name, err := ParseName(name)
	if err != nil {
		return err
	}
	list, err := b.list(ctx)
	if err != nil {
		return err
	}
	if find(list, name) != nil {
		return fmt.Errorf("%w: %s", ErrTaken, name)
	}
	a := Account{Name: name, Role: role, Stamp: rand.Text(), Created: b.now().UTC().Truncate(time.Second)}
	if password != "" {
		if err := checkPassword(name, password); err != nil {
			return err
		}
		if a.Hash, err = b.hasher.hash(ctx, password); err != nil {
			return err
		}
	}
	return b.change(ctx, func(list []Account) ([]Account, error) {
		if find(list, name) != nil {
			return nil, fmt.Errorf("%w: %s", ErrTaken, name)
		}
		return append(list, a), nil
	})
}

// SetRole gives a user another role, and ends all sessions. The last admin stays
// one: ErrLast.
func (b *Book) SetRole(ctx context.Context, name string, role Role) error {
	return b.change(ctx, func(list []Account) ([]Account, error) {
		a := find(list, name)
		switch {
		case a == nil:
			return nil, fmt.Errorf("%w: %s", ErrUnknown, name)
		case a.Role == role:
			return list, nil
		case lastAdmin(list, name):
			return nil, fmt.Errorf("%w: %s", ErrLast, name)
		}
		a.Role, a.Stamp = role, rand.Text()
		return list, nil
	})
}

// lastAdmin reports whether somebody is admin and nobody else is.
func lastAdmin(list []Account, name string) bool {
	is := false
	for i := range list {
		if list[i].Role == Admin {
			if list[i].Name != name {
				return false
			}
			is = true
		}
	}
	return is
}

// SetPassword gives a user another password, and ends all sessions. Tokens stay.
func (b *Book) SetPassword(ctx context.Context, name, password string) error {
	if err := checkPassword(name, password); err != nil {
		return err
	}
	kept, err := b.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	return b.changeOne(ctx, name, func(a *Account) error {
		a.Hash, a.Stamp = kept, rand.Text()
		return nil
	})
}

// Remove removes a user with all sessions and tokens. The last admin stays as
// long as there are other users: ErrLast.
func (b *Book) Remove(ctx context.Context, name string) error {
	return b.change(ctx, func(list []Account) ([]Account, error) {
		if find(list, name) == nil {
			return nil, fmt.Errorf("%w: %s", ErrUnknown, name)
		}
		if len(list) > 1 && lastAdmin(list, name) {
			return nil, fmt.Errorf("%w: %s", ErrLast, name)
		}
		return slices.DeleteFunc(list, func(a Account) bool { return a.Name == name }), nil
	})
}

// Check gives the user with a name and a password, or ErrDenied. It takes as long
// for a name that nobody has.
func (b *Book) Check(ctx context.Context, name, password string) (*Account, error) {
	list, err := b.list(ctx)
	if err != nil {
		return nil, err
	}
	if len(password) > maxPassword {
		return nil, ErrDenied
	}
	h := b.hasher.nobody()
	small, err := ParseName(name)
	a := find(list, small)
	if err != nil || a != nil && a.Hash == "" {
		a = nil
	}
	if a != nil {
		if h, err = parseHash(a.Hash); err != nil {
			return nil, fmt.Errorf("user %s: %w", a.Name, err)
		}
	}
	ok, err := b.hasher.verify(ctx, h, password)
	if err != nil {
		return nil, err
	}
	if a == nil || !ok {
		return nil, ErrDenied
	}
	if h.params != b.hasher.params {
		if kept, err := b.hasher.hash(ctx, password); err == nil {
			was := a.Hash
			err = b.changeOne(ctx, a.Name, func(a *Account) error {
				if a.Hash == was {
					a.Hash = kept
				}
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
	}
	out := *a
	return &out, nil
}

// tokenPrefix begins all tokens, so that whoever finds one knows what it is.
const tokenPrefix = "readout_"

// idLetters is how long the id of a token is.
const idLetters = 8

// parseToken splits a token into its id and the rest.
func parseToken(s string) (id string, ok bool) {
	rest, ok := strings.CutPrefix(s, tokenPrefix)
	id, secret, ok2 := strings.Cut(rest, "_")
	return id, ok && ok2 && len(id) == idLetters && len(secret) == len(rand.Text()) && !strings.Contains(secret, "_")
}

// AddToken makes a token of a user, with the label, role and expiry of t, and
// gives the token itself, which is not kept, with what is.
func (b *Book) AddToken(ctx context.Context, name string, t Token) (string, Token, error) {
	t.ID, t.Created = strings.ToLower(rand.Text()[:idLetters]), b.now().UTC().Truncate(time.Second)
	secret := tokenPrefix + t.ID + "_" + rand.Text()
	t.Hash = digest(secret)
	err := b.changeOne(ctx, name, func(a *Account) error {
		if t.Role == Nobody {
			t.Role = a.Role
		}
		if t.Role > a.Role {
			return fmt.Errorf("%s is %s, and a token is no more", name, a.Role)
		}
		a.Tokens = append(a.Tokens, t)
		return nil
	})
	return secret, t, err
}

// RemoveToken removes the token of a user with an id.
func (b *Book) RemoveToken(ctx context.Context, name, id string) error {
	return b.changeOne(ctx, name, func(a *Account) error {
		n := len(a.Tokens)
		if a.Tokens = slices.DeleteFunc(a.Tokens, func(t Token) bool { return t.ID == id }); len(a.Tokens) == n {
			return fmt.Errorf("%w: %s of %s", ErrToken, id, name)
		}
		return nil
	})
}

// Token gives the user of a token, with the role that the token has now, or
// ErrDenied.
func (b *Book) Token(ctx context.Context, secret string) (Account, Token, error) {
	id, ok := parseToken(secret)
	if !ok {
		return Account{}, Token{}, ErrDenied
	}
	list, err := b.list(ctx)
	if err != nil {
		return Account{}, Token{}, err
	}
	for _, a := range list {
		for _, t := range a.Tokens {
			if t.ID == id && isDigest(t.Hash, secret) && (t.Expires.IsZero() || b.now().Before(t.Expires)) {
				a.Role = min(a.Role, t.Role)
				return a, t, nil
			}
		}
	}
	return Account{}, Token{}, ErrDenied
}
