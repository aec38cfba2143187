package org.wagerail.evidence;

/**
 * The two persons behind a decision, by number or role.
 *
 * @param maker who proposes
 * @param checker who agrees
 */
public record FourEyes(String maker, String checker) {
  /** Whether both are the same, which is two eyes. */
  public boolean isOnePerson() {
    return maker.equals(checker);
  }

  @Override
  public String toString() {
    return maker + " and " + checker;
  }
}
