package account

import (
	"context"
	"crypto/rand"
	"slices"
	"time"
)

// state is what changes as people come and go.
type state struct {
	Sessions []session            `json:"sessions,omitempty"`
	Used     map[string]time.Time `json:"used,omitempty"` // tokens by id
}

// session is somebody who has signed in.
type session struct {
	Hash  string    `json:"hash"`
	Name  string    `json:"name"`
	Stamp string    `json:"stamp,omitempty"` // of the account, when it began
	Role  Role      `json:"role,omitzero"`   // as a sign-on elsewhere told; there is no account
	Seen  time.Time `json:"seen"`            // to some minutes
	Until time.Time `json:"until"`
}

// How long sessions last.
const (
	sessionLasts = 7 * 24 * time.Hour
	// elsewhereLasts is how long a session lasts whose role another server told:
	// what it takes back is not heard of before.
	elsewhereLasts = 8 * time.Hour
	sessionIdle    = 24 * time.Hour
	seenEvery      = 10 * time.Minute
	usedEvery      = time.Hour
	// maxSessions is how many sessions somebody has; the oldest ends for a new one.
	maxSessions = 20
)

func (b *Book) readState(ctx context.Context) (state, error) {
	text, err := b.settings.Setting(ctx, settingSessions)
	if err != nil {
		return state{}, err
	}
	return b.state.read(text)
}

func (b *Book) changeState(ctx context.Context, f func(*state)) error {
	return change(ctx, b.settings, settingSessions, func(s state) (state, error) {
		f(&s)
		now := b.now()
		s.Sessions = slices.DeleteFunc(s.Sessions, func(x session) bool { return x.over(now) })
		return s, nil
	})
}

func (s *session) over(now time.Time) bool {
	return !now.Before(s.Until) || now.Sub(s.Seen) >= sessionIdle
}

// begin opens a session of a user, or of one of whom another server told, and
// gives its secret.
func (b *Book) begin(ctx context.Context, a *Account) (string, error) {
	secret := rand.Text()
	now := b.now().UTC().Truncate(time.Second)
	s := session{Hash: digest(secret), Name: a.Name, Stamp: a.Stamp, Seen: now, Until: now.Add(sessionLasts)}
	if a.Stamp == "" {
		s.Role, s.Until = a.Role, now.Add(elsewhereLasts)
	}
	err := b.changeState(ctx, func(st *state) {
		own := 0
		for _, x := range st.Sessions {
			if x.Name == s.Name {
				own++
			}
		}
		st.Sessions = slices.DeleteFunc(st.Sessions, func(x session) bool {
			if x.Name != s.Name || own < maxSessions {
				return false
			}
			own--
			return true
		})
		st.Sessions = append(st.Sessions, s)
	})
	return secret, err
}

// session gives who has a session and what it may, or ErrDenied.
func (b *Book) session(ctx context.Context, secret string) (session, error) {
	if len(secret) != len(rand.Text()) {
		return session{}, ErrDenied
	}
	st, err := b.readState(ctx)
	if err != nil {
		return session{}, err
	}
	kept := digest(secret)
	i := slices.IndexFunc(st.Sessions, func(s session) bool { return s.Hash == kept })
	if i < 0 || st.Sessions[i].over(b.now()) {
		return session{}, ErrDenied
	}
	s := st.Sessions[i]
	list, err := b.list(ctx)
	if err != nil {
		return session{}, err
	}
	a := find(list, s.Name)
	switch {
	case a == nil && s.Stamp == "" && s.Role > Nobody:
		return s, nil
	case a != nil && a.Stamp == s.Stamp:
		s.Role = a.Role
		return s, nil
	}
	return session{}, ErrDenied
}

// see notes that a session or a token was used.
func (b *Book) see(ctx context.Context, sessionHash, tokenID string) error {
	now := b.now().UTC().Truncate(time.Second)
	return b.changeState(ctx, func(st *state) {
		for i := range st.Sessions {
			if s := &st.Sessions[i]; s.Hash == sessionHash {
				s.Seen = now
			}
		}
		if tokenID != "" {
			if st.Used == nil {
				st.Used = map[string]time.Time{}
			}
			st.Used[tokenID] = now
		}
	})
}

// end ends a session.
func (b *Book) end(ctx context.Context, secret string) error {
	kept := digest(secret)
	return b.changeState(ctx, func(st *state) {
		st.Sessions = slices.DeleteFunc(st.Sessions, func(s session) bool { return s.Hash == kept })
	})
}

// Sessions counts who has how many sessions.
func (b *Book) Sessions(ctx context.Context) (map[string]int, error) {
	st, err := b.readState(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]int{}
	for i := range st.Sessions {
		if s := &st.Sessions[i]; !s.over(b.now()) {
			out[s.Name]++
		}
	}
	return out, nil
}

// EndSessions ends all sessions of somebody and gives how many there were.
func (b *Book) EndSessions(ctx context.Context, name string) (int, error) {
	n := 0
	err := b.changeState(ctx, func(st *state) {
		before := len(st.Sessions)
		st.Sessions = slices.DeleteFunc(st.Sessions, func(s session) bool { return s.Name == name })
		n = before - len(st.Sessions)
	})
	return n, err
}
