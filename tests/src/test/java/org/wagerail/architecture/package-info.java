/** The rules of the house, as tests: what may know what, what is written how, what lies where. */
package org.wagerail.architecture;
