package readout

// WithStage is r with one more stage at the end.
func WithStage(r *Reader, s Stage) *Reader {
	c := *r
	c.stages = append(r.Stages(), s)
	return &c
}
