package org.wagerail.project;

import org.wagerail.secrecy.Vault;

/** How a person, a firm or a worker's account is found without reading sealed columns. */
public final class BlindIndex {
  private BlindIndex() {}

  /**
   * The index of {@code party_identifier.blind}.
   *
   * @param number normal, see {@link IdScheme#normal}
   */
  public static byte[] ofIdentifier(Vault vault, int bank, IdScheme scheme, String number) {
    return vault.blind(bank, scheme.name(), number);
  }

  /** The index of {@code worker_account.blind}: the number without hyphens, in capitals. */
  public static byte[] ofAccount(Vault vault, int bank, String number) {
    return vault.blind(bank, "ACCOUNT", IdScheme.normal(number).replace("-", ""));
  }
}
