package record

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Position tells how far a record has got, whoever wrote to it: as long as it is
// the same, a view of the same moment is the same.
type Position struct {
	Seq int64 // of the last entry
	// Other changes with all that is written but articles and their readings:
	// decisions, purges, articles read again, settings.
	Other string
}

// Position gives where the record is, with the settings of some names. It costs
// a few look-ups, however large the record is.
func (l *Ledger) Position(ctx context.Context, settings ...string) (Position, error) {
	var p Position
	err := l.store.View(ctx, func(r Reader) (err error) {
		if p.Seq, err = r.Last(ctx, ""); err != nil {
			return err
		}
		h := sha256.New()
		for _, kind := range []string{KindDecision, KindPurge} {
			n, err := r.Last(ctx, kind)
			if err != nil {
				return err
			}
			fmt.Fprintln(h, n)
		}
		names := []string{metaDropped}
		for _, name := range settings {
			names = append(names, metaSetting+name)
		}
		for _, name := range names {
			value, err := r.Meta(ctx, name)
			if err != nil {
				return err
			}
			fmt.Fprintln(h, len(value), value)
		}
		p.Other = hex.EncodeToString(h.Sum(nil)[:16])
		return nil
	})
	if err != nil {
		return Position{}, fmt.Errorf("position: %w", err)
	}
	return p, nil
}
