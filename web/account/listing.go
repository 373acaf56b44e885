package account

import (
	"context"
	"time"
)

// Listing is a user as others may see it: without what is kept of a password.
type Listing struct {
	Name     string         `json:"name"`
	Role     Role           `json:"role"`
	Password bool           `json:"password"` // signs in here, not elsewhere
	Created  time.Time      `json:"created"`
	Tokens   []TokenListing `json:"tokens"`
}

// TokenListing is a token as others may see it.
type TokenListing struct {
	ID      string    `json:"id"`
	Label   string    `json:"label,omitempty"`
	Role    Role      `json:"role"` // what it may now, which is no more than its user may
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires,omitzero"` // zero: never
	Used    time.Time `json:"used,omitzero"`    // to the hour
}

// List gives all users by name.
func (b *Book) List(ctx context.Context) ([]Listing, error) {
	list, err := b.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	out := []Listing{}
	for _, a := range list {
		u := Listing{a.Name, a.Role, a.Hash != "", a.Created, []TokenListing{}}
		for _, t := range a.Tokens {
			u.Tokens = append(u.Tokens, TokenListing{t.ID, t.Label, min(t.Role, a.Role), t.Created, t.Expires, t.Used})
		}
		out = append(out, u)
	}
	return out, nil
}
