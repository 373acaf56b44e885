package train

import "fmt"

// encodeCard is the card of the encoder's file.
func encodeCard(cfg Config, set encodeSettings) string {
	return fmt.Sprintf(`en-encode: tags, dependency tree and relations of English, from sentences,
tokens and a first tagging.

Method: sum of table rows for form, endings, beginnings, shape and first tag;
a convolution over three tokens; two bidirectional quasi-recurrent layers of
width %d; softmax over pairs of UPOS and Penn tag, biaffine arcs, a small network
for relations. The table is rounded to eight bits.

Data: UD English EWT train (CC BY-SA 4.0), UD English GUM train, open genres
only (annotation CC BY 4.0; texts CC BY, CC BY-SA or public domain as their
documents say). Tags in training are those of a tagger that has not seen the
sentence. A twentieth of the sentences is repeated in capitals, in title case
or without the full stop.

Made by: readout train encode --data DIR --out models --seed %d
(%d passes, batches of %d tokens)

Known weaknesses: few headlines and little news in training; lists and
questions from the web count as much as prose; sentences above %d tokens are
read in pieces.
`, set.width, cfg.Seed, set.epochs, set.batch, 256)
}
