package org.wagerail.ops;

/** The command line's entry. */
public final class Wagerail {
  private Wagerail() {}

  public static void main(String[] args) {
    System.out.println("wagerail");
  }
}
