package readout

// WithStage is r with one more stage at the end.
func WithStage(r *Reader, s Stage) *Reader {
	c := *r
	c.stages = append(r.Stages(), s)
	return &c
}

// WithPieces is r with pieces of at most so many tokens.
func WithPieces(r *Reader, tokens int32) *Reader {
	c := *r
	c.piece = limits{tokens: tokens, bytes: 6 * int(tokens)}
	return &c
}
