package record

import (
	"context"
	"time"

	"readout/record/join"
)

// Store keeps the ledger and its index. Package store/sqlite implements it, and
// NewMemory; store/storetest is the suite that all of them pass.
//
// Ids, blocks and words are compared byte by byte; times have microseconds.
type Store interface {
	// View calls f with a view of the store that does not change under it.
	View(ctx context.Context, f func(Reader) error) error
	// Update calls f with the right to write, alone among all processes, and
	// keeps what it wrote when f returns nil, all of it, for good. It waits for
	// others to finish.
	Update(ctx context.Context, f func(Tx) error) error
	Close() error
}

// Reader reads a store. Lists come in the order of their ids unless something
// else is said; a list of ids may name some twice and some that are not there.
type Reader interface {
	// Entry gives an entry by its id, or ErrNotFound.
	Entry(ctx context.Context, id string) (Entry, error)
	// Entries gives entries by their place in the ledger.
	Entries(ctx context.Context, q EntryQuery) ([]Entry, error)
	// Last gives the Seq of the last entry of a kind, "" for any; 0 where there is
	// none.
	Last(ctx context.Context, kind string) (int64, error)
	// Nodes gives nodes by their ids.
	Nodes(ctx context.Context, ids []string) ([]Node, error)
	// NodesOf gives the ids of all nodes of an article's version.
	NodesOf(ctx context.Context, version string) ([]string, error)
	// Lookup gives the ids of the nodes with a key in one of the ranges, each once.
	Lookup(ctx context.Context, ranges []join.Range) ([]string, error)
	// LookupEach is Lookup for each of several lists of ranges; an empty list has
	// no ids.
	LookupEach(ctx context.Context, ranges [][]join.Range) ([][]string, error)
	// Count gives the number of keys in a range.
	Count(ctx context.Context, r join.Range) (int, error)
	// Nth gives the day of the nth key of a range, counted from 1 and from its
	// last day; where n is below 0 from its first. It is 0 where there are fewer.
	Nth(ctx context.Context, r join.Range, n int) (int, error)
	// Ended gives the number of the nodes of versions, of articles that is, that
	// began at or after since and have ended by at.
	Ended(ctx context.Context, since, at time.Time) (int, error)
	// Pairs gives the pairs in which one of the nodes stands, by A and B.
	Pairs(ctx context.Context, ids []string) ([]Pair, error)
	// Prefix gives up to limit ids of nodes that begin so.
	Prefix(ctx context.Context, prefix string, limit int) ([]string, error)
	// Blocks gives the blocks that begin so, with the number of their keys, by name.
	Blocks(ctx context.Context, prefix string) ([]Count, error)
	// Search gives the versions whose title or text has all the words, those
	// that have them most first. A word that ends with * is a beginning.
	Search(ctx context.Context, words []string, limit int) ([]string, error)
	// Having gives those of some versions that have all the words.
	Having(ctx context.Context, words, versions []string) ([]string, error)
	// Matches gives how many versions have all the words; of more than most it is
	// most.
	Matches(ctx context.Context, words []string, most int) (int, error)
	// Meta gives a setting of the store, "" when it is not set.
	Meta(ctx context.Context, name string) (string, error)
	// Metas gives the names of the settings that begin so, in their order.
	Metas(ctx context.Context, prefix string) ([]string, error)
}

// Tx writes to a store, and reads what it wrote.
type Tx interface {
	Reader
	// Append adds an entry unless one with its id is there, and reports whether
	// it did. Seq is given by the store.
	Append(ctx context.Context, e Entry) (bool, error)
	// Erase empties the body of an entry. It is for purging alone.
	Erase(ctx context.Context, id string) error
	// PutNodes adds nodes with their keys; one that is there is replaced.
	PutNodes(ctx context.Context, nodes []Node) error
	// SetUntil changes the end of nodes, and nothing else of them.
	SetUntil(ctx context.Context, ids []string, until time.Time) error
	// DropNodes removes nodes with their keys and pairs.
	DropNodes(ctx context.Context, ids []string) error
	PutPairs(ctx context.Context, pairs []Pair) error
	// PutWords makes a version's title and text searchable until its node is
	// dropped; without a node it does nothing.
	PutWords(ctx context.Context, version, title, text string) error
	// DropIndex removes all nodes, keys, pairs and words.
	DropIndex(ctx context.Context) error
	SetMeta(ctx context.Context, name, value string) error
}

// EntryQuery says which entries are meant. Empty fields do not count.
type EntryQuery struct {
	Kind  string
	Of    string
	OfAny []string // of one of these; not with Of, and only with Kind
	After int64    // Seq is above it
	Limit int      // 0 means all
}

// Node is a value of an article in the index: its body is one of join.Article,
// Mention, Saying and Position, by the first letter of the id: v, e, s, p. The
// node of an article has its version's id. A Decision is a node too, d, and is of
// itself.
type Node struct {
	ID    string
	Of    string // the article's version
	From  time.Time
	Until time.Time // zero: it holds to this day
	Body  []byte
	Keys  []join.Key // not given by Nodes
}

// In reports whether n holds at t; the zero time means now and all.
func (n *Node) In(t time.Time) bool {
	if t.IsZero() {
		return n.Until.IsZero()
	}
	return !n.From.After(t) && (n.Until.IsZero() || n.Until.After(t))
}

// Pair is a tie in the index: of A to B.
type Pair struct {
	A, B  string
	Kind  string // as join.Tie
	Score int64  // millionths
	Why   string
}

// Count is a name and how often it stands there.
type Count struct {
	Name string
	N    int
}
