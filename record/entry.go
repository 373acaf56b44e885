package record

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"readout/reading"
	"readout/record/join"
)

// Kinds of entries.
const (
	KindArticle  = "article"  // one version of an article: text and where it is from
	KindReading  = "reading"  // what models read in a version
	KindDecision = "decision" // what a person decided
	KindPurge    = "purge"    // the tombstone of an article
)

// Entry is a line of the ledger.
type Entry struct {
	Seq  int64  // its place in this store, from 1; other stores have it elsewhere
	ID   string // made of its content
	Kind string
	// Of is what it belongs to: an article's version to the article, a reading
	// to the version, a tombstone to the article.
	Of        string
	Published time.Time // what it tells itself; zero when it does not
	Learnt    time.Time // when the record learnt of it
	Body      []byte    // JSON, by Kind; empty when it was purged
}

// Article is one version of an article as it was handed in.
type Article struct {
	Text      string    `json:"text"`
	Key       string    `json:"key,omitempty"`
	Title     string    `json:"title,omitempty"`
	Outlet    string    `json:"outlet,omitempty"`
	Byline    string    `json:"byline,omitempty"`
	Credit    string    `json:"credit,omitempty"`
	URL       string    `json:"url,omitempty"`
	Language  string    `json:"language,omitempty"`
	Published time.Time `json:"published,omitzero"`
	Modified  time.Time `json:"modified,omitzero"`
}

// ID names the article, the same for all its versions: by its address; else by
// the key, outlet and day it was handed in with; else by its text itself.
func (a *Article) ID() string {
	day := join.DayString(join.DayOf(a.Published))
	if u := join.CanonicalURL(a.URL); u != "" {
		return join.ID("a", "url", u)
	}
	if a.Key != "" {
		return join.ID("a", "key", a.Key, a.Outlet, day)
	}
	return join.ID("a", "text", a.Text, a.Outlet, day)
}

// Version names this version of the article: by all that was handed in but the
// language, which is told from the text.
func (a *Article) Version() string {
	return join.ID("v", a.Text, a.Key, a.Title, a.Outlet, a.Byline, a.Credit, a.URL, stamp(a.Published), stamp(a.Modified))
}

// Since is when this version was published, the zero time when it does not
// tell.
func (a *Article) Since() time.Time {
	if a.Modified.After(a.Published) {
		return a.Modified
	}
	return a.Published
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func (a *Article) entry(now time.Time) (Entry, error) {
	body, err := encode(a)
	if err != nil {
		return Entry{}, err
	}
	return Entry{ID: a.Version(), Kind: KindArticle, Of: a.ID(), Published: a.Since(), Learnt: now, Body: body}, nil
}

// readingEntry is the entry of what was read in a version. The text is left out:
// it stands in the article's entry.
func readingEntry(version string, since time.Time, r *reading.Reading, now time.Time) (Entry, error) {
	c := *r
	c.Document.Text = ""
	body, err := encode(&c)
	if err != nil {
		return Entry{}, err
	}
	return Entry{ID: join.ID("r", version, string(body)), Kind: KindReading, Of: version, Published: since, Learnt: now, Body: body}, nil
}

// encode writes JSON as it is everywhere in the record: on one line, with <, >
// and & as they are.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func decode[T any](b []byte) (T, error) {
	var v T
	err := json.Unmarshal(b, &v)
	return v, err
}

// short is an id as people are shown it. Any beginning of an id that no other
// has will do wherever one is asked for.
func short(id string) string { return id[:min(len(id), 8)] }

// isID reports whether s can be the beginning of an id of some kind.
func isID(s, kinds string) bool {
	if len(s) < 4 || len(s) > 16 || !strings.ContainsRune(kinds, rune(s[0])) {
		return false
	}
	return strings.Trim(s[1:], "0123456789abcdefghjkmnpqrstvwxyz") == ""
}
