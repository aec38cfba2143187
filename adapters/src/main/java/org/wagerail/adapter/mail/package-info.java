/**
 * Files on their way into the inbox, whoever sent them. Door: {@link
 * org.wagerail.adapter.mail.Reception}.
 */
@NullMarked
package org.wagerail.adapter.mail;

import org.jspecify.annotations.NullMarked;
