/** The whole, from a contractor's file to his report, as a person would use it. */
package org.wagerail.acceptance;
