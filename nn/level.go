// Package nn holds the inner loops of small neural networks on float32 slices
// and int8 rows: matrix products, the pooling of a quasi-recurrent layer, layer
// norm, sums of table rows and Adam.
//
// It knows nothing of language, of model files, or of how the loops are put
// together into a network.
//
// # The same answer everywhere
//
// Each kernel exists in plain Go and, on amd64, in assembly for AVX2 and some
// for AVX-512. All give the same bits on every processor, because only
// operations that IEEE 754 rounds exactly are used (+ − × ÷ √), each result is
// rounded to float32 by itself (no fused multiply-add: Go source writes
// float32(x*y)+z, which forbids the compiler to fuse), and the order in which
// the terms of a sum are added is part of the kernel's contract. Not fusing
// costs little where the processor has adders beside its multipliers. The
// nonlinear functions are rational, so that no exponential has to agree.
package nn

// Level is a set of processor instructions that the kernels may use. The zero
// Level, Plain, works everywhere. A Level above Best must not be used.
type Level uint8

// The levels, each with all instructions of those before it.
const (
	Plain  Level = iota // Go code only
	AVX2                // 256-bit vectors
	AVX512              // 512-bit vectors, for the matrix product
)

// String is the name of l.
func (l Level) String() string {
	return [...]string{"plain", "avx2", "avx512"}[min(l, AVX512)]
}

// Best is the highest level that this processor and its operating system
// support.
func Best() Level { return best }

// best is never written after it is made.
var best = detect()
