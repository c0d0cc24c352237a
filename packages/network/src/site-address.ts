/**
 * Parameter of a room's address by which the bridge tells the page that the reader came by the site's own address, and not by a link to
 * this room: `/room/<name>/?from-site`. The page takes it out of its address.
 */
export const FROM_SITE_PARAMETER = "from-site";
