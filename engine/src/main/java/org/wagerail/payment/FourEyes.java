package org.wagerail.payment;

/**
 * The two persons behind a decision, by number or role.
 *
 * @param maker who proposes
 * @param checker who agrees
 */
public record FourEyes(String maker, String checker) {
  boolean isOnePerson() {
    return maker.equals(checker);
  }

  @Override
  public String toString() {
    return maker + " and " + checker;
  }
}
