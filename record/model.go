package record

import (
	"context"
	"errors"
	"fmt"
)

// ErrModel is a record that is read with other models than a worker has.
var ErrModel = errors.New("the record is read with other models")

// metaModel is the setting of a store that tells with which models articles are
// read into it, once workers have begun to.
const metaModel = "model"

// UseModel says that articles are read into the record with a set of models. A
// record that is read with another one gives ErrModel: of two workers, one older
// than the other, only one may go on, or what the record says of an article
// would depend on which of them was handed it.
func (l *Ledger) UseModel(ctx context.Context, model string) error {
	return l.store.Update(ctx, func(tx Tx) error {
		have, err := tx.Meta(ctx, metaModel)
		switch {
		case err != nil:
			return err
		case have == model:
			return nil
		case have != "":
			return fmt.Errorf("%w: with %s, and this program has %s", ErrModel, have, model)
		}
		return tx.SetMeta(ctx, metaModel, model)
	})
}

// SwitchModel says that from now on articles are read with a set of models,
// whatever was used before. Workers with others stop at their next article.
func (l *Ledger) SwitchModel(ctx context.Context, model string) error {
	return l.store.Update(ctx, func(tx Tx) error { return tx.SetMeta(ctx, metaModel, model) })
}

// rightModel reports ErrModel where the record is read with other models than
// the ledger was opened for.
func (l *Ledger) rightModel(ctx context.Context, r Reader) error {
	if l.model == "" {
		return nil
	}
	have, err := r.Meta(ctx, metaModel)
	if err != nil || have == l.model {
		return err
	}
	return fmt.Errorf("%w: with %s, and this program has %s", ErrModel, have, l.model)
}
