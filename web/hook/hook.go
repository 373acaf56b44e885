// Package hook tells other programs of changes of status: what happened to the
// events of a process, or of a search, is posted to an address as JSON.
//
// A hook and how far it has got are settings of the record, so that a server that
// starts again goes on: nothing is lost, and what was on its way when it ended may
// come twice, with the same id. A post is signed with the hook's secret:
//
//	Readout-Signature: t=1732464000,v1=<hex of HMAC-SHA256(secret, t "." body)>
//
// One that is not answered with 2xx is tried again, ever more seldom, for about
// fifteen hours. Addresses in private networks are refused unless the hook allows
// them; redirects are not followed.
package hook

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"readout/record"
)

// Hook is an address that is told of changes.
type Hook struct {
	ID  string `json:"id"`
	URL string `json:"url"`
	// Secret signs what is posted.
	Secret string `json:"secret"`
	// Process and Search choose the events: those of a process, those that have
	// all words; "" leaves it open.
	Process string `json:"process,omitempty"`
	Search  string `json:"search,omitempty"`
	// Private allows an address in a private network, or of the machine itself.
	Private bool      `json:"private,omitempty"`
	By      string    `json:"by,omitempty"`
	When    time.Time `json:"when"`
}

// Delivery is one post to a hook: on its way, or done.
type Delivery struct {
	ID      string          `json:"id"`
	When    time.Time       `json:"when"`
	Changes int             `json:"changes"`
	Tries   int             `json:"tries"`
	Next    time.Time       `json:"next,omitzero"`  // when it is tried again
	Ended   time.Time       `json:"ended,omitzero"` // it arrived, or was given up
	Status  int             `json:"status,omitempty"`
	Wrong   string          `json:"wrong,omitempty"` // of the last try
	Body    json.RawMessage `json:"body,omitempty"`  // as long as it is on its way
}

// State is how far a hook has got.
type State struct {
	// Known are the statuses of events by id, as they were told last; nil before
	// the first look, which tells nothing.
	Known   map[string]string `json:"known"`
	Pending []Delivery        `json:"pending,omitempty"`
	Log     []Delivery        `json:"log,omitempty"` // the last that ended, the last last
}

// Errors of hooks.
var (
	ErrNotFound  = errors.New("there is no such hook")
	ErrSignature = errors.New("the signature does not fit")
)

// Names of settings.
const (
	setting      = "hooks"
	stateSetting = "hooks/state/"
	leaseSetting = "hooks/lease"
)

// maxHooks is how many a record may have.
const maxHooks = 100

func parse[T any](value string) (v T, err error) {
	if value != "" {
		if err = json.Unmarshal([]byte(value), &v); err != nil {
			err = fmt.Errorf("hooks: %w", err)
		}
	}
	return v, err
}

// change keeps what f makes of the value of a setting.
func change[T any](ctx context.Context, l *record.Ledger, name string, f func(v *T) error) error {
	return l.ChangeSetting(ctx, name, func(value string) (string, error) {
		v, err := parse[T](value)
		if err == nil {
			err = f(&v)
		}
		if err != nil {
			return "", err
		}
		b, err := json.Marshal(v)
		return string(b), err
	})
}

// List gives the hooks of a record.
func List(ctx context.Context, l *record.Ledger) ([]Hook, error) {
	value, err := l.Setting(ctx, setting)
	if err != nil {
		return nil, err
	}
	return parse[[]Hook](value)
}

// Add makes a hook, with a secret where it has none, and gives it.
func Add(ctx context.Context, l *record.Ledger, h Hook) (Hook, error) {
	u, err := url.Parse(h.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return h, fmt.Errorf("%q is no address to post to: it begins with https:// and has no password", h.URL)
	}
	if h.Process != "" {
		if _, err := l.ShowProcess(ctx, record.Query{Process: h.Process}); err != nil {
			return h, err
		}
	}
	h.ID = "h" + strings.ToLower(rand.Text()[:7])
	if h.Secret == "" {
		h.Secret = "whsec_" + rand.Text()
	}
	return h, change(ctx, l, setting, func(list *[]Hook) error {
		if len(*list) >= maxHooks {
			return fmt.Errorf("a record has at most %d hooks", maxHooks)
		}
		*list = append(*list, h)
		return nil
	})
}

// Find gives a hook by its id, or the beginning of it.
func Find(ctx context.Context, l *record.Ledger, id string) (Hook, error) {
	list, err := List(ctx, l)
	if err != nil {
		return Hook{}, err
	}
	var found []Hook
	for _, h := range list {
		if id != "" && strings.HasPrefix(h.ID, id) {
			found = append(found, h)
		}
	}
	if len(found) != 1 {
		return Hook{}, fmt.Errorf("%q: %w", id, ErrNotFound)
	}
	return found[0], nil
}

// Remove takes a hook away, with what was on its way.
func Remove(ctx context.Context, l *record.Ledger, id string) error {
	err := change(ctx, l, setting, func(list *[]Hook) error {
		n := len(*list)
		if *list = slices.DeleteFunc(*list, func(h Hook) bool { return h.ID == id }); len(*list) == n {
			return fmt.Errorf("%q: %w", id, ErrNotFound)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return l.SetSetting(ctx, stateSetting+id, "")
}

// StateOf gives how far a hook has got.
func StateOf(ctx context.Context, l *record.Ledger, id string) (*State, error) {
	value, err := l.Setting(ctx, stateSetting+id)
	if err != nil {
		return nil, err
	}
	s, err := parse[State](value)
	return &s, err
}

// Header is where the signature of a post stands.
const Header = "Readout-Signature"

// Sign gives the signature of a body posted at a time.
func Sign(secret string, at time.Time, body []byte) string {
	t := strconv.FormatInt(at.Unix(), 10)
	return "t=" + t + ",v1=" + hex.EncodeToString(sum(secret, t, body))
}

func sum(secret, t string, body []byte) []byte {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte(t + "."))
	m.Write(body)
	return m.Sum(nil)
}

// Verify checks the signature of a post, and that it was made within a time of
// now. Its errors are ErrSignature.
func Verify(secret, header string, body []byte, now time.Time, within time.Duration) error {
	var t string
	var given []byte
	for _, part := range strings.Split(header, ",") {
		k, v, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch k {
		case "t":
			t = v
		case "v1":
			given, _ = hex.DecodeString(v)
		}
	}
	n, err := strconv.ParseInt(t, 10, 64)
	if err != nil || !hmac.Equal(given, sum(secret, t, body)) {
		return ErrSignature
	}
	if age := now.Sub(time.Unix(n, 0)); age > within || age < -within {
		return fmt.Errorf("%w: it is of another time", ErrSignature)
	}
	return nil
}
