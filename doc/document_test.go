package doc

import (
	"slices"
	"testing"
)

// small is "The two ministers met" with its tree: two hangs by ministers, and
// ministers by met.
func small() *Document {
	d := &Document{Text: "The two ministers met"}
	d.Tokens = Tokens{
		Bytes: []Range{{0, 3}, {4, 7}, {8, 17}, {18, 21}}, Sent: []int32{0, 0, 0, 0},
		UPOS: []UPOS{DET, NUM, NOUN, VERB}, Head: []int32{2, 2, 3, Root}, Deprel: []Deprel{RelDet, RelNummod, RelNsubj, RelRoot},
	}
	d.Sentences = []Span{{0, 4}}
	d.Mentions = []Mention{{Span: Span{0, 3}, Head: 2, Actor: 0}, {Span: Span{1, 2}, Head: 1, Actor: 1}}
	d.LinkChildren()
	return d
}

func TestTree(t *testing.T) {
	d := small()
	if got := slices.Collect(d.Children(2)); !slices.Equal(got, []int32{0, 1}) {
		t.Errorf("Children(2) = %v, want [0 1]", got)
	}
	if got := d.Subtree(2); got != (Span{0, 3}) {
		t.Errorf("Subtree(2) = %v, want {0 3}", got)
	}
	if got := d.Child(3, RelObj, RelNsubj); got != 2 {
		t.Errorf("Child(3, obj, nsubj) = %d, want 2", got)
	}
	if !d.Dominates(3, 0) || d.Dominates(0, 3) {
		t.Error("met dominates The, and not the other way round")
	}
	if got := d.HeadOf(Span{0, 3}); got != 2 {
		t.Errorf("HeadOf({0 3}) = %d, want 2", got)
	}
	// A malformed cycle must not hang.
	d.Tokens.Head[3] = 2
	d.LinkChildren()
	d.Subtree(3)
	d.Dominates(0, 3)
}

func TestMentionOf(t *testing.T) {
	d := small()
	for i, want := range []MentionID{None, 1, 0, None} {
		if got := d.MentionOf(int32(i)); got != want {
			t.Errorf("MentionOf(%d) = %d, want %d", i, got, want)
		}
	}
	if got := d.MentionsIn(Span{1, 4}); !slices.Equal(got, []MentionID{1}) {
		t.Errorf("MentionsIn({1 4}) = %v, want [1]", got)
	}
}

func TestSpan(t *testing.T) {
	for _, c := range []struct {
		a, b             Span
		overlaps, covers bool
		union            Span
	}{
		{Span{0, 4}, Span{1, 2}, true, true, Span{0, 4}},
		{Span{0, 2}, Span{2, 4}, false, false, Span{0, 4}},
		{Span{0, 2}, Span{}, false, false, Span{0, 2}},
		{Span{}, Span{3, 4}, false, false, Span{3, 4}},
	} {
		if c.a.Overlaps(c.b) != c.overlaps || c.a.Covers(c.b) != c.covers || c.a.Union(c.b) != c.union {
			t.Errorf("%v and %v: overlaps %v, covers %v, union %v", c.a, c.b, c.a.Overlaps(c.b), c.a.Covers(c.b), c.a.Union(c.b))
		}
	}
}

func TestSlice(t *testing.T) {
	d := small()
	if got := d.Slice(Span{1, 3}); got != "two ministers" {
		t.Errorf("Slice = %q", got)
	}
	if got := d.Slice(Span{}); got != "" {
		t.Errorf("Slice of nothing = %q", got)
	}
}
