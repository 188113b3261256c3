/** Colours and symbols of the arms: the baseline has its own, candidates beyond the third share theirs. */
const ARM_PLACES = 4

/** Which colour and symbol an arm has, 0–3. @param arm position, the baseline being 0 */
export const armPlace = (arm: number): number => (arm === 0 ? 0 : ((arm - 1) % (ARM_PLACES - 1)) + 1)
