/**
 * Decides what a person can ask for at a terminal, and in which words and exit codes Wagerail
 * answers. Invariant: 0 is yes, 1 is no, 2 is a question that cannot be understood; every sentence
 * stands in Chinese and English; no command loads the classes of another. Door: {@link
 * org.wagerail.ops.cli.Terminal}.
 */
@NullMarked
package org.wagerail.ops.cli;

import org.jspecify.annotations.NullMarked;
