package watch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"readout/ingest/feed"
)

// State is where a feed has got to: a file of JSON in the watcher's folder, one
// for each feed, written as a whole under another name and then renamed.
type State struct {
	Feed    string `json:"feed"`
	Title   string `json:"title,omitempty"`
	Watched bool   `json:"watched"` // it is one of those that the last watcher was given

	// What the server is told of the feed that is there.
	ETag     string `json:"etag,omitempty"`
	Modified string `json:"last_modified,omitempty"`

	Asked   time.Time     `json:"asked,omitzero"`   // last
	Reached time.Time     `json:"reached,omitzero"` // last
	Next    time.Time     `json:"next,omitzero"`
	Every   time.Duration `json:"every,omitempty"` // that the feed asks for, in nanoseconds

	// Since is when it was first not reached in a row of failures, and Reason why;
	// zero and "" while it is reached.
	Since    time.Time `json:"unreachable_since,omitzero"`
	Failures int       `json:"failures,omitempty"`
	Reason   string    `json:"reason,omitempty"`

	Added int `json:"added"` // articles and new versions that came of it
	// Seen are the items that were taken: by id, what they looked like.
	Seen map[string]Seen `json:"seen,omitempty"`
	// Waiting are the items that are taken and not in the record yet.
	Waiting []Waiting `json:"waiting,omitempty"`
	// GivenUp are the last items that could not be read.
	GivenUp []GivenUp `json:"given_up,omitempty"`
}

// Seen is an item that was taken.
type Seen struct {
	Mark   string    `json:"mark"`   // another one is a changed item
	Listed time.Time `json:"listed"` // when the feed last had it
}

// Waiting is an item on its way.
type Waiting struct {
	Item  feed.Item `json:"item"`
	Tries int       `json:"tries,omitempty"`
	Next  time.Time `json:"next,omitzero"` // not before
}

// GivenUp is an item that could not be read.
type GivenUp struct {
	Name   string    `json:"name"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
}

// fileOf is the name of a feed's file.
func fileOf(address string) string {
	h := sha256.Sum256([]byte(address))
	return hex.EncodeToString(h[:8]) + ".json"
}

// load reads a feed's state; of one that was never asked it is empty.
func load(dir, address string) (*State, error) {
	s := &State{Feed: address}
	b, err := os.ReadFile(filepath.Join(dir, fileOf(address)))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, s); err != nil || s.Feed != address {
		return nil, fmt.Errorf("%s: it is no state of the feed %s: %v; remove it to begin anew", filepath.Join(dir, fileOf(address)), address, err)
	}
	return s, nil
}

// save writes the state so that it is there as a whole or not at all, on the
// disk when save returns.
func (s *State) save(dir string) error {
	b, err := json.Marshal(s)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // it is gone when all went well
	_, err = f.Write(b)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, fileOf(s.Feed)))
	}
	if err != nil {
		return err
	}
	if d, err := os.Open(dir); err == nil { // the rename, where a folder can be synced
		_ = d.Sync()
		d.Close()
	}
	return nil
}

// States reads the states of a folder, by their feeds' addresses; a watcher may
// be at work there.
func States(dir string) ([]State, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	var out []State
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var s State
		if err := json.Unmarshal(b, &s); err != nil {
			return nil, fmt.Errorf("%s: it is no state of a feed: %w", name, err)
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b State) int { return strings.Compare(a.Feed, b.Feed) })
	return out, nil
}

// keep is how long an item is known that the feed has no longer: some feeds drop
// items and have them again.
const keep = 90 * 24 * time.Hour

// take puts the items that are new or changed among those that wait, the oldest
// first, and gives their number.
func (s *State) take(f *feed.Feed, now time.Time) int {
	if s.Seen == nil {
		s.Seen = map[string]Seen{}
	}
	n := 0
	for _, it := range slices.Backward(f.Items) {
		m := mark(&it)
		old, ok := s.Seen[it.ID]
		s.Seen[it.ID] = Seen{m, now}
		if ok && old.Mark == m {
			continue
		}
		// A changed item takes the place of one that still waits.
		s.Waiting = slices.DeleteFunc(s.Waiting, func(w Waiting) bool { return w.Item.ID == it.ID })
		s.Waiting = append(s.Waiting, Waiting{Item: it})
		n++
	}
	for id, v := range s.Seen {
		if now.Sub(v.Listed) > keep {
			delete(s.Seen, id)
		}
	}
	return n
}

// mark is what an item looks like.
func mark(it *feed.Item) string {
	h := sha256.New()
	for _, s := range []string{it.URL, it.Title, it.Published.Format(time.RFC3339), it.Modified.Format(time.RFC3339), it.Text} {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
