package org.wagerail.ops.province;

import java.util.List;

/**
 * What is wrong with some wages on purpose, each kind in thousandths of all wages. A wage has one
 * trouble at most.
 *
 * @param unconfirmed the worker confirmed nothing
 * @param otherAmount the worker confirmed 100.00 less
 * @param spacedName the file writes the name with a space, which is no trouble once it is folded
 * @param otherName the file has another name
 * @param otherAccount the file has another account
 * @param badIdentifier the file's ID number has a wrong check character
 * @param unemployed the worker is registered, but not with this project
 * @param clearing what clearing will do: two digits and how often they stand in front of the
 *     account number's last digit; all other accounts have 00 there
 */
public record Troubles(
    int unconfirmed,
    int otherAmount,
    int spacedName,
    int otherName,
    int otherAccount,
    int badIdentifier,
    int unemployed,
    List<Answer> clearing) {

  /**
   * @param digits two digits, not 00
   * @param permille how many accounts of a thousand have them
   */
  public record Answer(String digits, int permille) {}

  /** Nothing is wrong. */
  public static final Troubles NONE = new Troubles(0, 0, 0, 0, 0, 0, 0, List.of());

  public Troubles {
    clearing = List.copyOf(clearing);
  }

  /** The kinds that a wage itself can have. */
  enum Kind {
    NONE,
    UNCONFIRMED,
    OTHER_AMOUNT,
    SPACED_NAME,
    OTHER_NAME,
    OTHER_ACCOUNT,
    BAD_IDENTIFIER,
    UNEMPLOYED
  }

  /** The trouble of a wage whose lot, from 0 to 999, is drawn. */
  Kind drawn(int lot) {
    int[] rates = {
      unconfirmed, otherAmount, spacedName, otherName, otherAccount, badIdentifier, unemployed
    };
    int end = 0;
    for (int i = 0; i < rates.length; i++) {
      end += rates[i];
      if (lot < end) {
        return Kind.values()[i + 1];
      }
    }
    return Kind.NONE;
  }

  /** The two digits of an account whose lot, from 0 to 999, is drawn. */
  String digits(int lot) {
    int end = 0;
    for (var answer : clearing) {
      end += answer.permille();
      if (lot < end) {
        return answer.digits();
      }
    }
    return "00";
  }
}
