package doc

// Span is a half-open interval [Begin, End) of tokens of one document. It is
// empty or valid: Begin <= End. The zero Span is empty and means "none".
type Span struct{ Begin, End int32 }

// Range is a half-open interval [Begin, End) of bytes of Document.Text.
type Range struct{ Begin, End int32 }

// Len is the number of tokens in s.
func (s Span) Len() int { return int(s.End - s.Begin) }

// Empty reports whether s holds no token.
func (s Span) Empty() bool { return s.End <= s.Begin }

// Has reports whether token i lies in s.
func (s Span) Has(i int32) bool { return s.Begin <= i && i < s.End }

// Covers reports whether t lies within s; an empty t lies within nothing.
func (s Span) Covers(t Span) bool { return !t.Empty() && s.Begin <= t.Begin && t.End <= s.End }

// Overlaps reports whether s and t share a token.
func (s Span) Overlaps(t Span) bool {
	return s.Begin < t.End && t.Begin < s.End && !s.Empty() && !t.Empty()
}

// Union is the smallest span that covers s and t; an empty one counts for nothing.
func (s Span) Union(t Span) Span {
	switch {
	case s.Empty():
		return t
	case t.Empty():
		return s
	}
	return Span{min(s.Begin, t.Begin), max(s.End, t.End)}
}

// Len is the number of bytes in r.
func (r Range) Len() int { return int(r.End - r.Begin) }

// Empty reports whether r holds no byte.
func (r Range) Empty() bool { return r.End <= r.Begin }
